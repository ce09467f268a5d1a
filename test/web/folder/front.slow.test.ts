import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../portal/browser.ts';
import { person } from './people.ts';
import { builtSite } from './site.ts';
import { openStage, settled } from './stage.ts';

let browser: Browser;
before(async () => {
  await builtSite();
  browser = await openBrowser();
});
after(() => browser.close());

const waitingPerson = () => {
  const state = person(9, 1);
  const ask = (index: number, dueDate?: string) => {
    const { waitsFor: _, ...one } = state.cases[index] ?? assert.fail();
    state.cases[index] = { ...one, waitsFor: dueDate === undefined ? {} : { dueDate } };
  };
  // As the server gives them: the soonest first.
  ask(0, '2020-01-07');
  ask(1, '2099-12-24');
  ask(2);
  return state;
};

test('what is asked comes before everything else, the soonest first; a day gone by says so', async t => {
  const { page } = await openStage(t, browser, waitingPerson(), { page: 'front' });
  await settled(page);
  const headings = await page.locator('#app h2').allTextContents();
  assert.deepEqual(headings.slice(0, 3), ['Sinua odottaa', 'Uusimmat tapahtumat', 'Luonnokset']);
  const tasks = await page.locator('.task').allTextContents();
  assert.equal(tasks.length, 3);
  assert.match(tasks[0] ?? '', /Anna pyydetyt lisätiedot: Koirailmoitus.*7\.1\.2020.*Määräaika on mennyt/);
  assert.match(tasks[1] ?? '', /Päivähoitohakemus.*24\.12\.2099/);
  assert.doesNotMatch(tasks[1] ?? '', /mennyt/);
  await page.getByRole('link', { name: 'Anna pyydetyt lisätiedot: Koirailmoitus' }).click();
  await page.waitForURL(/\/fi\/asiointikansio\/HEL-2026-001000\/$/);
  await page.getByRole('heading', { name: 'Sinulta pyydetään' }).waitFor();
});

test('the newest events come as they happened, each in words', async t => {
  const state = person(9);
  const [first, , , , fifth] = state.cases;
  assert.ok(first && fifth);
  state.cases = state.cases.map(one =>
    one === fifth
      ? { ...one, updatedAt: Date.UTC(2026, 10, 21), newest: { type: 'message', by: 'department' } }
      : one,
  );
  const { page } = await openStage(t, browser, state, { page: 'front' });
  await settled(page);
  const numbers = await page
    .locator('.event')
    .evaluateAll(all => all.map(one => one.getAttribute('data-case')));
  assert.deepEqual(numbers.slice(0, 3), [fifth.caseNumber, first.caseNumber, 'HEL-2026-000999']);
  assert.deepEqual((await page.locator('.event__what').allTextContents()).slice(0, 3), [
    'Virasto lähetti viestin',
    'Asiassa on päätös',
    'Lomake lähetettiin',
  ]);
});
