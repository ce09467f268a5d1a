import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '../../portal/browser.ts';
import { mockUploads } from './mock-cases.ts';
import { waitFor, waitForFocus, waitUntilSaid } from './patience.ts';
import { makeCase, person, representative } from './people.ts';
import { openStage, stageBrowser } from './stage.ts';

const browser = await stageBrowser();

test('opening a case shows all of it, marks it seen, and the mark is gone at the next visit', async t => {
  const { page, portal } = await openStage(t, browser, person(1), { page: 'folder' });
  const item = page.locator('[data-case="HEL-2026-001000"]');
  await item.getByText('Uusi', { exact: true }).waitFor();
  const open = item.getByRole('button', { name: 'Avaa tiedot' });
  assert.equal(await open.getAttribute('aria-expanded'), 'false');
  await open.click();
  assert.equal(await open.getAttribute('aria-expanded'), 'true');
  await item.getByText('Suomenlapinkoira').waitFor();
  for (const text of ['Koira on merkitty rekisteriin', 'rokotustodistus.pdf', '24.12.2126', 'Viestit'])
    await item.getByText(text).first().waitFor();
  assert.equal(await item.getByText('Uusi', { exact: true }).count(), 1, 'the mark stays during the visit');
  assert.deepEqual(
    portal.state.heard.map(({ route, body }) => [route, body]),
    [['PUT /api/cases/HEL-2026-001000/seen', { revision: 6 }]],
  );
  await page.reload();
  await open.waitFor();
  assert.equal(await item.getByText('Uusi', { exact: true }).count(), 0);
});

test('a message is text: its addresses can be followed, nothing else in it does anything', async t => {
  const { page } = await openStage(t, browser, person(1), { page: 'folder' });
  await page.getByRole('button', { name: 'Avaa tiedot' }).click();
  const message = page.locator('.message').first();
  assert.deepEqual(
    await message.locator('a').evaluateAll(links => links.map(link => link.getAttribute('href'))),
    ['https://www.hel.fi/koirat?kieli=fi'],
  );
  assert.match((await message.textContent()) ?? '', /<b>Terveisin<\/b>/);
});

test('a reply that fails keeps its text and its key; sent again it is in the thread', async t => {
  const { page, portal } = await openStage(t, browser, person(1), { page: 'folder' });
  const { state } = portal;
  const route = 'POST /api/cases/HEL-2026-001000/messages';
  state.failing.add(route);
  await page.getByRole('button', { name: 'Avaa tiedot' }).click();
  await page.getByRole('button', { name: 'Vastaa' }).click();
  const field = page.getByLabel('Vastauksesi');
  await field.fill('Rokotus 3.11.2026');
  await page.getByRole('button', { name: 'Lähetä' }).click();
  await page.getByRole('alert').getByText('Tekstisi on tallella').waitFor();
  assert.equal(await field.inputValue(), 'Rokotus 3.11.2026');
  state.failing.delete(route);
  await page.getByRole('button', { name: 'Lähetä' }).click();
  await page.locator('.message--own', { hasText: 'Rokotus 3.11.2026' }).waitFor();
  await waitUntilSaid(page, 'Vastauksesi on lähetetty');
  await waitForFocus(page, 'Viestit');
  const keys = state.heard.filter(call => call.route === route).map(call => call.headers['idempotency-key']);
  assert.equal(keys.length, 2);
  assert.ok(keys[0]);
  assert.equal(keys[0], keys[1]);
});

test("in an organisation's folder a case says who of its people has handled it, the latest first", async t => {
  const state = representative();
  state.cases = state.cases.map(one => ({
    ...one,
    events: one.events.map((event, index) =>
      event.by === 'citizen' ? { ...event, byName: index === 0 ? 'Mikko Koeajo' : 'Sara Demonen' } : event,
    ),
  }));
  const { page } = await openStage(t, browser, state, { page: 'folder' });
  await page.getByRole('button', { name: 'Avaa tiedot' }).first().click();
  await page.getByText('Asiaa hoitanut: Sara Demonen ja Mikko Koeajo').waitFor();
});

test('the citizen cannot start: without an official there is nothing to answer', async t => {
  const state = person(0);
  state.cases = [makeCase(1)];
  const { page } = await openStage(t, browser, state, { page: 'folder' });
  await page.getByRole('button', { name: 'Avaa tiedot' }).click();
  await page.getByRole('heading', { name: 'Tapahtumat' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Vastaa' }).count(), 0);
  assert.equal(await page.getByRole('heading', { name: 'Viestit' }).count(), 0);
});

test('a reply is saved while it is written: another visit goes on with it, and who cancels drops it', async t => {
  const { page, portal } = await openStage(t, browser, person(1), { page: 'folder' });
  const saved = (text: string) =>
    waitFor(() =>
      portal.state.heard.some(({ route, body }) => route.endsWith('/messages/draft') && body.text === text),
    );
  await page.getByRole('button', { name: 'Avaa tiedot' }).click();
  await page.getByRole('button', { name: 'Vastaa' }).click();
  await page.getByLabel('Vastauksesi').fill('Rokotus oli');
  await page.getByText('Keskeneräinen vastaus on tallennettu.').waitFor();
  await saved('Rokotus oli');
  await page.reload();
  await page.getByRole('button', { name: 'Avaa tiedot' }).click();
  await page.getByText('Keskeneräinen vastauksesi on tallessa.').waitFor();
  await page.getByRole('button', { name: 'Vastaa' }).click();
  assert.equal(await page.getByLabel('Vastauksesi').inputValue(), 'Rokotus oli');
  await page.locator('.case__reply').getByRole('button', { name: 'Peruuta' }).click();
  await saved('');
  assert.equal(await page.getByText('Keskeneräinen vastauksesi on tallessa.').count(), 0);
});

test('a file of an answer is taken back until it has been handed over; then it stays, and why is said', async t => {
  const { page, portal } = await openStage(t, browser, person(1), { page: 'folder' });
  await page.route(`**${mockUploads}`, route => route.fulfill({ status: 204 }));
  await page.getByRole('button', { name: 'Avaa tiedot' }).click();
  await page.getByRole('button', { name: 'Vastaa' }).click();
  const files = page.locator('.case__reply-files');
  for (const name of ['rokotus.txt', 'todistus.txt'])
    await files
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from('3.11.2026') });
  const line = (name: string) => files.locator('.file-list li', { hasText: name });
  const take = (name: string) => line(name).getByRole('button', { name: 'Poista' });
  await take('rokotus.txt').click();
  await waitUntilSaid(page, 'rokotus.txt on poistettu');
  assert.equal(await take('rokotus.txt').count(), 0);
  await take('todistus.txt').waitFor();
  portal.state.added = portal.state.added?.map(({ staged: _, ...file }) => file) ?? [];
  await take('todistus.txt').click();
  await files
    .getByRole('alert')
    .getByText('todistus.txt on jo lähetetty virastolle, eikä sitä voi enää poistaa.')
    .waitFor();
  assert.equal(await line('todistus.txt').count(), 1);
  assert.equal(await take('todistus.txt').count(), 0);
});

test('a decision says when its reader was served with it, how to appeal and by when', async t => {
  const { page } = await openStage(t, browser, person(1), { page: 'folder' });
  await page.getByRole('button', { name: 'Avaa tiedot' }).click();
  const decision = page.locator('.case__decision');
  await decision.getByText('Saanut tiedoksi').waitFor();
  await decision.getByText('Voit tehdä oikaisuvaatimuksen').waitFor();
  const way = decision.getByRole('link', { name: 'Muutoksenhakuohjeet' });
  assert.equal(await way.getAttribute('href'), 'https://www.hel.fi/oikaisuvaatimus');
  const calendar = decision.getByRole('link', { name: /^Lisää kalenteriin.*7\.1\.2127$/ });
  assert.equal(
    await calendar.getAttribute('href'),
    '/api/cases/HEL-2026-001000/events/e6/calendar?language=fi',
  );
});

test('what was sent is withdrawn after a question, and its status says so', async t => {
  const { page } = await openStage(t, browser, person(1), { page: 'folder' });
  await page.getByRole('button', { name: 'Avaa tiedot' }).click();
  await page.getByRole('button', { name: 'Peru asia' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Älä peru' }).click();
  await page.getByRole('button', { name: 'Peru asia' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Peru asia' }).click();
  await waitUntilSaid(page, 'Asia on peruttu');
  await waitForFocus(page, 'Asian peruminen');
  await page.locator('.case__facts').getByText('Peruttu').first().waitFor();
  assert.equal(await page.getByRole('button', { name: 'Peru asia' }).count(), 0);
});

test('what has moved on while it was about to be withdrawn says so, and is seen as it is now', async t => {
  const { page, portal } = await openStage(t, browser, person(1), { page: 'folder' });
  await page.getByRole('button', { name: 'Avaa tiedot' }).click();
  await page.getByRole('button', { name: 'Peru asia' }).click();
  portal.state.cases = portal.state.cases.map(one => ({
    ...one,
    status: 'solved',
    canWithdraw: false,
    revision: one.revision + 1,
  }));
  await page.getByRole('dialog').getByRole('button', { name: 'Peru asia' }).click();
  await waitUntilSaid(page, 'Asia on ehtinyt edetä, eikä sitä voi enää perua.');
  await waitForFocus(page, 'Asian peruminen');
  assert.equal(await page.getByRole('dialog').count(), 0);
  await page.locator('.case__facts').getByText('Ratkaistu').first().waitFor();
  assert.equal(await page.getByRole('button', { name: 'Peru asia' }).count(), 0);
});

test('messages of health care are not here: the way to its own service is', async t => {
  const state = person(1);
  state.cases = state.cases.map(one => ({
    ...one,
    events: one.events.slice(0, 1),
    canReply: false,
    messagesElsewhere: true as const,
  }));
  const { page } = await openStage(t, browser, state, { page: 'folder' });
  await page.getByRole('button', { name: 'Avaa tiedot' }).click();
  const way = page.getByRole('link', { name: 'Siirry terveydenhuollon viestipalveluun' });
  assert.equal(await way.getAttribute('href'), 'https://www.maisa.fi/');
});

test('who may read a case and not answer is told who may, and finds no box to write in vain', async t => {
  const state = person(1);
  state.cases = state.cases.map(one => ({ ...one, canReply: false, rolesToReply: ['NIMKO', 'XX'] }));
  const { page } = await openStage(t, browser, state, { page: 'folder' });
  await page.getByRole('button', { name: 'Avaa tiedot' }).click();
  await page.getByText('Valtuutesi riittää tämän asian lukemiseen, mutta ei siihen vastaamiseen').waitFor();
  for (const role of ['Nimenkirjoitusoikeus', 'XX']) await page.getByText(role, { exact: true }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Vastaa' }).count(), 0);
  assert.equal(await page.getByText('Siihen ei voi enää vastata').count(), 0);
  await assertAccessible(page, 'a case one may not answer in');
});

test('whose mandate ends to cover a case while an answer is written hears that, and keeps the text', async t => {
  const { page } = await openStage(t, browser, person(1), { page: 'folder' });
  await page.route('**/messages', route =>
    route.fulfill({
      ...{ status: 403, contentType: 'application/problem+json' },
      json: { type: '/problems/role-missing', title: 'x', status: 403, roles: ['NIMKO'] },
    }),
  );
  await page.getByRole('button', { name: 'Avaa tiedot' }).click();
  await page.getByRole('button', { name: 'Vastaa' }).click();
  await page.getByRole('textbox', { name: 'Vastauksesi' }).fill('Ohessa todistus.');
  await page.getByRole('button', { name: 'Lähetä' }).click();
  await page.getByText('Valtuutesi ei enää riitä vastaamiseen. Voit kopioida tekstisi talteen.').waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Vastauksesi' }).inputValue(), 'Ohessa todistus.');
});

test('a case that opens in a tab nobody looks at has been seen once somebody does', async t => {
  const { page, portal } = await openStage(t, browser, person(1), { page: 'folder' });
  const show = (visibility: DocumentVisibilityState) =>
    page.evaluate(value => {
      Object.defineProperty(document, 'visibilityState', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, visibility);
  await page.getByRole('button', { name: 'Avaa tiedot' }).waitFor();
  await show('hidden');
  await page.getByRole('button', { name: 'Avaa tiedot' }).click();
  await page.getByText('Suomenlapinkoira').waitFor();
  // What the page had asked by then has been heard before this is.
  await page.evaluate(() => fetch('/api/services'));
  const seen = () => portal.state.heard.filter(({ route }) => route.endsWith('/seen'));
  assert.deepEqual(seen(), []);
  await show('visible');
  await waitFor(() => seen().length > 0);
  await show('visible');
  await page.evaluate(() => fetch('/api/services'));
  assert.equal(seen().length, 1);
});
