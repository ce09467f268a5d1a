import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { languages } from '../../../lambdas/domain/language.ts';
import type { CitizenEvent } from '../../../lambdas/http/wire/cases.ts';
import {
  assertAccessible,
  assertNoSidewaysScroll,
  assertReadableInAllColours,
} from '../../portal/browser.ts';
import type { MockState } from './mock-state.ts';
import { newcomer, person, representative, watched } from './people.ts';
import { openStage, type Scene, settled, stageBrowser } from './stage.ts';

const browser = await stageBrowser();

interface State {
  readonly name: string;
  readonly who: () => MockState;
  readonly scene: Scene;
  /** What the person does before it is looked at. */
  readonly act?: (page: Page) => Promise<unknown>;
  /** Complaints of the browser that belong to the state: a request that was made to fail. */
  readonly expected?: RegExp;
}

const failing = (...routes: string[]) => {
  const state = person(1, 1);
  for (const route of routes) state.failing.add(route);
  return state;
};

const warned = (): MockState => {
  const state = person(1);
  if (state.session.signedIn) state.session = { ...state.session, idleSecondsLeft: 280 };
  return state;
};

const changed = (): MockState => {
  const state = person(1);
  const event: CitizenEvent = {
    id: 'e2',
    sequence: 2,
    at: Date.UTC(2026, 10, 21),
    by: 'citizen',
    type: 'amendment',
    formVersion: '0123456789ab',
    changes: [{ pointer: '/koira/nimi', before: 'Musta', after: 'Musti' }],
  };
  state.cases = state.cases.map(one => ({
    ...one,
    events: [...one.events.slice(0, 1), event],
    revision: 2,
    canReply: false,
    messagesElsewhere: true as const,
    amendmentDraft: 'amend-HEL-2026-001000-2',
  }));
  return state;
};

const waiting = (): MockState => {
  const state = person(9, 1);
  const days = ['2020-01-07', '2099-12-24', undefined, '2099-12-31', '2099-12-31', '2099-12-31'];
  state.cases = state.cases.map((one, index) => {
    const dueDate = days[index];
    return index < days.length ? { ...one, waitsFor: dueDate === undefined ? {} : { dueDate } } : one;
  });
  return state;
};

const openFirst = async (page: Page) => {
  await page.locator('.case__open').first().click();
  await page.locator('.answers').waitFor();
};

const states: readonly State[] = [
  { name: 'folder, empty', who: () => person(), scene: { page: 'folder' } },
  { name: 'folder, a case opened', who: () => person(1, 2), scene: { page: 'folder' }, act: openFirst },
  {
    name: 'folder, answering',
    who: () => person(1),
    scene: { page: 'folder' },
    act: async page => {
      await openFirst(page);
      await page.locator('.messages + button').click();
      await page.locator('.case__reply button[type=submit]').click();
    },
  },
  {
    name: 'folder, withdrawing',
    who: () => person(1),
    scene: { page: 'folder' },
    act: async page => {
      await openFirst(page);
      await page.locator('[id^=withdrawal-] ~ .actions button').click();
      await page.locator('dialog[open]').waitFor();
    },
  },
  {
    name: 'folder, a case that was changed and whose messages are elsewhere',
    who: changed,
    scene: { page: 'folder' },
    act: async page => {
      await openFirst(page);
      await page.locator('.answers__answer del').waitFor();
    },
  },
  { name: 'folder, 25 cases', who: () => person(27, 1), scene: { page: 'folder' } },
  {
    name: 'folder, failing',
    who: () => failing('GET /api/cases', 'GET /api/drafts'),
    scene: { page: 'folder' },
    expected: /503/,
  },
  {
    name: 'folder, narrowed',
    who: () => person(27),
    scene: { page: 'folder', query: '?status=solved&waiting=1' },
    act: page => page.locator('.folder-filters').waitFor(),
  },
  {
    name: 'folder, loading',
    who: () => person(1),
    scene: { page: 'folder' },
    act: async page => {
      await page.route('**/api/cases?*', () => undefined);
      await page.reload();
      await page.locator('#app .spinner').first().waitFor();
    },
  },
  {
    name: 'folder, offline',
    who: () => person(3),
    scene: { page: 'folder' },
    act: async page => {
      await page.context().setOffline(true);
      await page.locator('#order').selectOption('name');
      await page.locator('#app [role=alert]').first().waitFor();
    },
    expected: /ERR_INTERNET_DISCONNECTED/,
  },
  {
    name: 'folder, deleting a draft',
    who: () => person(1, 1),
    scene: { page: 'folder' },
    act: page => page.locator('.draft button').click(),
  },
  { name: 'session about to end', who: warned, scene: { page: 'folder' } },
  { name: 'front page', who: () => person(8, 2), scene: { page: 'front' } },
  { name: 'front page, much to do', who: waiting, scene: { page: 'front' } },
  {
    name: 'front page, failing',
    who: () => failing('GET /api/cases', 'GET /api/drafts'),
    scene: { page: 'front' },
    expected: /503/,
  },
  { name: 'front page, addresses to confirm', who: watched, scene: { page: 'front' } },
  { name: 'front page, empty', who: () => person(), scene: { page: 'front' } },
  { name: 'front page of an organisation', who: representative, scene: { page: 'front' } },
  { name: 'own details', who: () => person(), scene: { page: 'details' } },
  {
    name: 'own details, addresses to confirm and the log unfolded',
    who: watched,
    scene: { page: 'details' },
    act: async page => {
      for (const fold of await page.locator('#app summary').all()) await fold.click();
      await page.locator('.details__log time').nth(3).waitFor();
      await page.locator('.details__confirm form button[type=submit]').click();
      await page.locator('.field__error').waitFor();
    },
  },
  {
    name: 'own details, no log to be had and no code to be sent',
    who: () => ({
      ...watched(),
      failing: new Set(['GET /api/readings', 'POST /api/profile/codes', 'POST /api/profile/confirmations']),
    }),
    scene: { page: 'details' },
    expected: /503/,
    act: async page => {
      await page.locator('.details__log summary').first().click();
      await page.locator('.details__log .hds-notification--error').waitFor();
      await page.locator('.details__confirm > button').click();
      await page.locator('.details__confirm .hds-notification--error').waitFor();
    },
  },
  {
    name: 'a case somebody has looked at',
    who: watched,
    scene: { page: 'folder', rest: ['HEL-2026-001000'] },
    act: async page => {
      await page.locator('.case__details details.accordion > summary').click();
      await page.locator('.accordion__body time').first().waitFor();
    },
  },
  {
    name: 'own details, editing wrongly',
    who: representative,
    scene: { page: 'details' },
    act: async page => {
      await page.locator('#app button').first().click();
      await page.locator('#phone').fill('ei ole');
      await page.locator('#app button[type=submit]').click();
    },
  },
  {
    name: 'registration, nothing filled in',
    who: newcomer,
    scene: { page: 'register' },
    act: page => page.locator('#app button[type=submit]').click(),
  },
];

/** 320 px, which is 400 % zoom, and text of the largest size. */
const assertAtLeastRoom = async (page: Page, where: string): Promise<void> => {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 256 });
  await page.evaluate(() => {
    document.documentElement.dataset.textSize = 'xl';
  });
  await assertNoSidewaysScroll(page, `${where} (320 px)`);
  await page.evaluate(() => {
    document.documentElement.dataset.textSize = 'm';
  });
  if (before) await page.setViewportSize(before);
};

for (const { name, who, scene, act, expected = /^$/ } of states)
  for (const language of languages)
    test(`${name}, ${language}: accessible, within the screen, no complaint`, async t => {
      // Finnish on a desktop too; the words of the other languages are tried where room is short.
      const widths = language === 'fi' ? (['phone', 'desktop'] as const) : (['phone'] as const);
      for (const width of widths) {
        const { page, complaints } = await openStage(t, browser, who(), { ...scene, language, width });
        await settled(page);
        await act?.(page);
        await assertAccessible(page, `${name} (${width})`);
        await assertNoSidewaysScroll(page, `${name} (${width})`);
        // Colours are the same in every language.
        if (width === 'phone') await assertAtLeastRoom(page, name);
        if (width === 'phone' && language === 'sv') await assertReadableInAllColours(page, name);
        assert.deepEqual(
          complaints().filter(complaint => !expected.test(complaint)),
          [],
        );
      }
    });
