import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Page, Route } from 'playwright-core';
import { type Language, languages } from '../../../lambdas/domain/language.ts';
import {
  assertAccessible,
  assertNoSidewaysScroll,
  assertReadableInAllColours,
} from '../../portal/browser.ts';
import { newcomer, person, representative } from '../folder/people.ts';
import { openStage, settled, stageBrowser } from '../folder/stage.ts';

const browser = await stageBrowser();

const buttons: Readonly<Record<Language, readonly [look: string, remove: string]>> = {
  fi: ['Poista tietoni', 'Poista tietoni pysyvästi'],
  sv: ['Radera mina uppgifter', 'Radera mina uppgifter permanent'],
  en: ['Delete my data', 'Delete my data permanently'],
};

const look = (page: Page, language: Language = 'fi') =>
  page.getByRole('button', { name: buttons[language][0], exact: true }).click();

/** The server's answer to whoever takes everything along. */
const exported = (page: Page, answer: Parameters<Route['fulfill']>[0]) =>
  page.route('**/api/profile/export?*', route => route.fulfill(answer));

test('one’s data comes as a file; what is too much for one is said on the page, in words', async t => {
  const { page, complaints } = await openStage(t, browser, person(1), { page: 'details' });
  const link = page.getByRole('link', { name: /^Lataa tietoni/ });
  await exported(page, {
    status: 200,
    contentType: 'application/zip',
    headers: { 'content-disposition': 'attachment; filename="omat-tiedot.zip"' },
    body: 'PK-zip',
  });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  assert.equal(download.suggestedFilename(), 'omat-tiedot.zip');
  assert.equal(await readFile(await download.path(), 'utf8'), 'PK-zip');
  assert.deepEqual(complaints(), []);

  await page.unroute('**/api/profile/export?*');
  const body = JSON.stringify({ type: '/problems/answer-too-large', title: 'Too large', status: 422 });
  await exported(page, { status: 422, contentType: 'application/problem+json', body });
  await link.click();
  await page.getByRole('alert').getByText('Tietoja on liian paljon yhteen pakettiin').waitFor();
  await page.getByText('asioinnin neuvonnasta').waitFor();
  assert.equal(new URL(page.url()).pathname, '/fi/omat-tiedot/');
});

test('while one’s data is gathered the page says so, and asks once however often the link is pressed', async t => {
  const { page } = await openStage(t, browser, person(1), { page: 'details' });
  const link = page.getByRole('link', { name: /^Lataa tietoni/ });
  const { promise, resolve } = Promise.withResolvers<void>();
  let asked = 0;
  await page.route('**/api/profile/export?*', async route => {
    asked += 1;
    await promise;
    await route.fulfill({ status: 200, contentType: 'application/zip', body: 'PK-zip' });
  });
  await link.click();
  await page.getByRole('status').getByText('Kootaan tietoja').waitFor();
  assert.equal(await link.getAttribute('aria-disabled'), 'true');
  await link.click({ force: true });
  const download = page.waitForEvent('download');
  resolve();
  await download;
  await page.getByText('Kootaan tietoja').waitFor({ state: 'detached' });
  assert.equal(await link.getAttribute('aria-disabled'), 'false');
  assert.equal(asked, 1);
});

test('what goes and what stays is shown first; who thinks better of it has lost nothing', async t => {
  const { page, portal } = await openStage(t, browser, person(2), { page: 'details' });
  await look(page);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('heading', { name: 'Poistetaanko tietosi?' }).and(page.locator(':focus')).waitFor();
  for (const text of ['2 luonnosta', 'arkistolaki', 'HEL-2026-001000', 'Et saa enää ilmoituksia'])
    await dialog.getByText(text).first().waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Poista tietoni' }).and(page.locator(':focus')).waitFor();
  assert.deepEqual(
    portal.state.heard.map(({ route }) => route),
    ['DELETE /api/profile'],
  );
  assert.equal(portal.state.session.signedIn, true);
});

test('confirmed, the data goes, and one is signed out', async t => {
  const { page, portal } = await openStage(t, browser, person(1), { page: 'details' });
  await look(page);
  await page.getByRole('dialog').getByRole('button', { name: buttons.fi[1] }).click();
  await page.waitForURL(/\/fi\/uloskirjauduttu\//);
  assert.deepEqual(
    portal.state.heard.map(({ route }) => route.replace(/ .*auth/, ' auth')),
    ['DELETE /api/profile', 'DELETE /api/profile', 'POST auth/sign-out'],
  );
});

test('a look or a deletion that fails says so and can be tried again', async t => {
  const state = person(1);
  const route = 'DELETE /api/profile';
  state.failing.add(route);
  const { page } = await openStage(t, browser, state, { page: 'details' });
  await look(page);
  await page.getByRole('alert').getByText('Tietoja ei saatu selvitettyä').waitFor();
  state.failing.delete(route);
  await look(page);
  const remove = page.getByRole('dialog').getByRole('button', { name: buttons.fi[1] });
  await remove.waitFor();
  state.failing.add(route);
  await remove.click();
  await page.getByRole('alert').getByText('Tietoja ei saatu poistettua kokonaan').waitFor();
  state.failing.delete(route);
  await remove.click();
  await page.waitForURL(/\/fi\/uloskirjauduttu\//);
});

test('who is asked to agree to a new wording can have the data deleted instead; who is new has none', async t => {
  const asked = person(1);
  asked.profile = { ...asked.profile, registered: false };
  if (asked.session.signedIn) asked.session = { ...asked.session, registered: false };
  const { page } = await openStage(t, browser, asked, { page: 'register' });
  await page.getByRole('link', { name: /^Lataa/ }).waitFor();
  await look(page);
  await page.getByRole('dialog').getByRole('button', { name: buttons.fi[1] }).click();
  await page.waitForURL(/\/fi\/uloskirjauduttu\//);
  const first = await openStage(t, browser, newcomer(), { page: 'register' });
  await first.page.getByRole('button', { name: 'Tallenna' }).waitFor();
  assert.equal(await first.page.getByRole('button', { name: buttons.fi[0], exact: true }).count(), 0);
});

for (const language of languages)
  for (const width of ['phone', 'desktop'] as const)
    test(`reachable for everybody: ${language}, ${width}`, async t => {
      const { page } = await openStage(t, browser, person(25), { page: 'details', language, width });
      await settled(page);
      const download = page.locator('a[href^="/api/profile/export"]');
      assert.equal(await download.getAttribute('href'), `/api/profile/export?as=zip&language=${language}`);
      await assertAccessible(page, 'my data');
      await look(page, language);
      await page.getByRole('dialog').waitFor();
      await assertAccessible(page, 'before the deletion');
      await assertNoSidewaysScroll(page, 'before the deletion');
      if (language === 'fi') await assertReadableInAllColours(page, 'before the deletion');
    });

test('an organisation is told where its cases can be kept', async t => {
  const { page } = await openStage(t, browser, representative(), { page: 'details' });
  await page.getByText('Yhteisön asian saat talteen').waitFor();
  assert.equal(await page.getByRole('button', { name: buttons.fi[0] }).count(), 0);
  await assertAccessible(page, 'my data of an organisation');
});
