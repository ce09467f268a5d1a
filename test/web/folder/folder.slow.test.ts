import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { waitForFocus, waitUntilSaid } from './patience.ts';
import { person } from './people.ts';
import { openStage, settled, stageBrowser } from './stage.ts';

const browser = await stageBrowser();

const said = (page: Page): Promise<string | null> =>
  page.locator('[aria-live=polite].visually-hidden').textContent();

test('page by page: the next cases follow, focus goes to the first of them', async t => {
  const { page } = await openStage(t, browser, person(27), { page: 'folder' });
  await page.locator('.case').nth(24).waitFor();
  assert.equal(await page.locator('.case').count(), 25);
  await page.getByRole('button', { name: 'Näytä lisää' }).click();
  await waitUntilSaid(page, '2 asiaa lisää');
  assert.equal(await page.locator('.case').count(), 27);
  await page.locator('.case h3').nth(25).and(page.locator(':focus')).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Näytä lisää' }).count(), 0);
});

test('a search and an order live in the address: a reload and another language keep them', async t => {
  const { page } = await openStage(t, browser, person(27), { page: 'folder' });
  await page.getByLabel('Hae asianumerolla').fill('hel 2026 000998');
  await page.getByRole('button', { name: 'Hae' }).click();
  await waitUntilSaid(page, 'Näytetään yksi asia');
  await page.getByLabel('Järjestys').selectOption('Palvelun nimi A–Ö');
  assert.match(page.url(), /\?q=hel\+2026\+000998&order=name$/);
  await page.getByRole('link', { name: 'Svenska' }).click();
  await page.waitForURL(/\/sv\/arendemapp\/\?q=hel\+2026\+000998&order=name$/);
  await page.locator('.case').waitFor();
  assert.equal(await page.getByLabel('Sök med ärendenummer').inputValue(), 'hel 2026 000998');
  await page.getByRole('button', { name: 'Visa alla ärenden' }).click();
  await page.locator('.case').nth(24).waitFor();
});

test('a word finds the services so named, in any part of a long name; one that none has is not asked for', async t => {
  const { page } = await openStage(t, browser, person(9), { page: 'folder' });
  const search = async (text: string) => {
    await page.getByLabel('Hae asianumerolla tai palvelun nimellä').fill(text);
    await page.getByRole('button', { name: 'Hae' }).click();
  };
  await search('KARTTA avustu');
  await waitUntilSaid(page, 'Näytetään 3 asiaa');
  for (const name of await page.locator('.case h3').allTextContents()) assert.match(name, /avustuksen/);
  await search('paivahoito');
  await waitUntilSaid(page, 'Näytetään 3 asiaa');
  await page.locator('.case h3', { hasText: 'Päivähoitohakemus' }).nth(2).waitFor();
  await search('uimahalli');
  await page.getByText('Haulla ”uimahalli” ei löytynyt yhtään asiaa.').waitFor();
});

test('filters narrow together, live in the address, and are taken away at once', async t => {
  const state = person(27);
  const { page } = await openStage(t, browser, state, { page: 'folder' });
  await page.getByText('Rajaa asioita').click();
  await page.getByLabel('Tila', { exact: true }).selectOption('Ratkaistu');
  await page.locator('.case').first().waitFor();
  await page.getByLabel('Lähetysvuosi').selectOption('2026');
  await page.getByLabel('Palvelu', { exact: true }).selectOption('Koirailmoitus');
  const solved = state.cases.filter(one => one.status === 'solved' && one.service === 'koirailmoitus');
  assert.ok(solved.length > 0);
  await waitUntilSaid(page, solved.length === 1 ? 'yksi asia' : `${solved.length} asiaa`);
  assert.match(page.url(), /\?status=solved&service=koirailmoitus&year=2026$/);
  await page.reload();
  await page.getByText('Rajaa asioita (3 rajausta)').waitFor();
  assert.equal(await page.getByLabel('Tila', { exact: true }).inputValue(), 'solved');
  await page.getByRole('button', { name: 'Näytä kaikki asiat' }).click();
  await page.locator('.case').nth(24).waitFor();
  await page.getByLabel('Vain ne, joissa sinulta pyydetään jotakin').check();
  await waitUntilSaid(page, 'Näytetään yksi asia');
  await page.getByText('Sinulta pyydetään lisätietoja viimeistään 24.12.2026').waitFor();
  await page.getByLabel('Vain ne, joissa sinulta pyydetään jotakin').uncheck();
  await page.getByLabel('Vain uudet').check();
  await waitUntilSaid(page, 'Näytetään 3 asiaa');
});

test('a page without anything is not the end while there is more: what comes later is shown', async t => {
  const { page } = await openStage(t, browser, person(27), { page: 'folder' });
  await settled(page);
  const without: string[] = [];
  await page.route('**/api/cases?*', (route, request) => {
    const query = new URL(request.url()).searchParams;
    if (!query.has('new') || query.has('cursor')) return route.fallback();
    without.push(request.url());
    return route.fulfill({ json: { items: [], next: '0' } });
  });
  await page.getByText('Rajaa asioita').click();
  await page.getByLabel('Vain uudet').check();
  await waitUntilSaid(page, 'Näytetään 3 asiaa');
  assert.equal(await page.locator('.case').count(), 3);
  assert.equal(without.length, 1);
});

test('a case has an address that opens it; one that is not here says so', async t => {
  const { page, portal } = await openStage(t, browser, person(3), {
    page: 'folder',
    rest: ['HEL-2026-000999'],
  });
  await page.getByRole('heading', { name: 'Lomakkeen tiedot' }).waitFor();
  assert.equal(await page.locator('.case').count(), 1);
  await page.goto(`${portal.url}/fi/asiointikansio/HEL-2026-555555/`);
  await page.getByText('Asiaa HEL-2026-555555 ei ole asiointikansiossasi.').waitFor();
  await page.getByRole('button', { name: 'Näytä kaikki asiat' }).click();
  await page.locator('.case').nth(2).waitFor();
});

test('a draft leads on to its form; deleting it asks first, and says when it is done', async t => {
  const { page, portal } = await openStage(t, browser, person(0, 2), { page: 'folder' });
  const drafts = page.locator('.draft');
  await drafts.first().waitFor();
  assert.equal(
    await drafts.first().getByRole('link', { name: 'Jatka täyttämistä' }).getAttribute('href'),
    '/fi/lomake/koirailmoitus/?draft=draft-0000',
  );
  await drafts.first().getByRole('button', { name: 'Poista' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Säilytä luonnos' }).click();
  assert.equal(await drafts.count(), 2);
  await waitForFocus(page, 'Poista');
  await drafts.first().getByRole('button', { name: 'Poista' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Poista luonnos' }).click();
  await waitUntilSaid(page, 'Luonnos poistettiin: Koirailmoitus');
  assert.equal(await drafts.count(), 1);
  await waitForFocus(page, 'Luonnokset');
  assert.equal(portal.state.heard[0]?.headers['if-match'], '"4"');
});

test('what could not be fetched is fetched again on demand', async t => {
  const state = person(2);
  state.failing.add('GET /api/cases');
  const { page } = await openStage(t, browser, state, { page: 'folder' });
  const failure = page.getByRole('alert').filter({ hasText: 'Asioitasi ei saatu haettua' });
  await failure.waitFor();
  state.failing.clear();
  await failure.getByRole('button', { name: 'Yritä uudelleen' }).click();
  await page.locator('.case').nth(1).waitFor();
  assert.equal(await said(page), '');
});

test('all of it by keyboard alone', async t => {
  const { page } = await openStage(t, browser, person(1), { page: 'folder' });
  await settled(page);
  await page.getByRole('button', { name: 'Hae' }).focus();
  const visited: (string | undefined)[] = [];
  for (let step = 0; step < 3; step++) {
    await page.keyboard.press('Tab');
    visited.push(
      await page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent?.trim()),
    );
  }
  assert.deepEqual(visited, ['order', 'Rajaa asioita', 'Avaa tiedot']);
  await page.keyboard.press('Enter');
  await page.getByText('Suomenlapinkoira').waitFor();
  for (const text of [
    'Lisää kalenteriin: 24.12.2126',
    'Muutoksenhakuohjeet',
    'Lisää kalenteriin: 7.1.2127',
  ]) {
    await page.keyboard.press('Tab');
    await waitForFocus(page, text);
  }
  await page.keyboard.press('Tab');
  await waitForFocus(page, 'https://www.hel.fi/koirat?kieli=fi');
  await page.keyboard.press('Tab');
  await waitForFocus(page, 'Vastaa');
});
