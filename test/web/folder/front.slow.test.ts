import assert from 'node:assert/strict';
import { test } from 'node:test';
import { person, watched } from './people.ts';
import { openStage, settled, stageBrowser } from './stage.ts';

const browser = await stageBrowser();

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
  const [first, , third, fourth, fifth] = state.cases;
  assert.ok(first && third && fourth && fifth);
  const happened = new Map([
    [fifth, { type: 'message', by: 'department' }],
    [fourth, { type: 'conversation-closed', by: 'department' }],
    [third, { type: 'amendment', by: 'citizen' }],
  ] as const);
  state.cases = state.cases.map((one, index) => {
    const newest = happened.get(one);
    return newest ? { ...one, updatedAt: Date.UTC(2026, 10, 21, index), newest } : one;
  });
  const { page } = await openStage(t, browser, state, { page: 'front' });
  await settled(page);
  const numbers = await page
    .locator('.event')
    .evaluateAll(all => all.map(one => one.getAttribute('data-case')));
  const newest = [fifth, fourth, third, first].map(one => one.caseNumber);
  assert.deepEqual(numbers, [...newest, 'HEL-2026-000999']);
  assert.deepEqual(await page.locator('.event__what').allTextContents(), [
    'Virasto lähetti viestin',
    'Virasto päätti keskustelun',
    'Lomakkeen tietoja muutettiin',
    'Asiassa on päätös',
    'Lomake lähetettiin',
  ]);
});

test('who waits for notifications at an address that nobody has confirmed is led to confirm it', async t => {
  const { page } = await openStage(t, browser, watched(), { page: 'front' });
  await settled(page);
  await page.getByRole('link', { name: 'Vahvista matkapuhelinnumerosi' }).waitFor();
  await page.getByRole('link', { name: 'Vahvista sähköpostiosoitteesi' }).click();
  await page.getByRole('heading', { name: 'Vahvista sähköpostiosoite' }).waitFor();
  const { page: calm } = await openStage(t, browser, person(1), { page: 'front' });
  await settled(calm);
  assert.equal(await calm.getByRole('link', { name: /^Vahvista/ }).count(), 0);
});
