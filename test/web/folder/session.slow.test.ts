import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mockCode } from './mock-profile.ts';
import type { MockState } from './mock-state.ts';
import { newcomer, person, watched } from './people.ts';
import { openStage, settled, stageBrowser } from './stage.ts';

const browser = await stageBrowser();

const leaveSeconds = (state: MockState, idleSecondsLeft: number, absoluteSecondsLeft = 28_800) => {
  if (state.session.signedIn) state.session = { ...state.session, idleSecondsLeft, absoluteSecondsLeft };
};

test('not signed in: to the sign-in page, which leads back to this very address', async t => {
  const state = person();
  state.session = { signedIn: false };
  const { page } = await openStage(t, browser, state, {
    page: 'folder',
    rest: ['HEL-2026-000123'],
    query: '?order=name',
  });
  await page.waitForURL(url => url.pathname === '/fi/kirjaudu/');
  assert.equal(
    new URL(page.url()).searchParams.get('return'),
    '/fi/asiointikansio/HEL-2026-000123/?order=name',
  );
});

test('not registered: registration first, then where one was going; nothing is stored before', async t => {
  const { page, portal } = await openStage(t, browser, newcomer(), { page: 'front' });
  await page.waitForURL(/\/fi\/rekisteroidy\/\?return=/);
  await page.getByRole('button', { name: 'Tallenna' }).click();
  await page.getByRole('heading', { name: 'Tarkista seuraavat kohdat' }).waitFor();
  await page.locator('#error-summary-title:focus').waitFor();
  await page.getByRole('link', { name: 'Anna sähköpostiosoite tai matkapuhelinnumero' }).click();
  await page.locator('#email:focus').waitFor();
  assert.equal(portal.state.heard.length, 0);
  await page.getByLabel('Matkapuhelinnumero').fill('040 123 4567');
  await page.getByLabel('Tekstiviestillä').check();
  await page.getByLabel('svenska').check();
  await page.getByLabel('Suostun siihen').check();
  await page.getByRole('button', { name: 'Tallenna' }).click();
  await page.waitForURL(url => url.pathname === '/fi/oma/');
  const { consent, ...sent } = portal.state.heard[0]?.body ?? {};
  assert.deepEqual(sent, { phone: '040 123 4567', channel: 'sms', language: 'sv', revision: 0 });
  assert.equal((consent as { language: string }).language, 'fi');
});

test('registration leads to no other site', async t => {
  const { page } = await openStage(t, browser, person(), {
    page: 'register',
    query: '?return=//evil.example/',
  });
  await page.waitForURL(url => url.pathname === '/fi/oma/');
});

test('who declines is signed out', async t => {
  const { page, portal } = await openStage(t, browser, newcomer(), { page: 'register' });
  await page.getByRole('button', { name: 'En suostu, kirjaudu ulos' }).click();
  await page.waitForURL(/\/fi\/uloskirjauduttu\//);
  assert.deepEqual(
    portal.state.heard.map(call => call.route),
    ['POST /api/auth/sign-out'],
  );
});

test('five minutes before the end: a warning, and a way to stay', async t => {
  const state = person(1);
  leaveSeconds(state, 290);
  const { page, portal } = await openStage(t, browser, state, { page: 'folder' });
  const warning = page.getByRole('alertdialog', { name: 'Asiointisi on päättymässä' });
  await warning.getByText('5 minuutin kuluttua').waitFor();
  await warning.getByRole('button', { name: 'Pysy kirjautuneena' }).click();
  await warning.waitFor({ state: 'detached' });
  assert.deepEqual(
    portal.state.heard.map(call => call.route),
    ['POST /api/session'],
  );
});

test('before the absolute end: a warning that nothing puts off, which holds the focus and gives it back', async t => {
  const state = person(1);
  const { page, portal } = await openStage(t, browser, state, { page: 'folder' });
  await settled(page);
  const opener = page.getByRole('button', { name: 'Avaa tiedot' });
  await opener.focus();
  leaveSeconds(state, 290, 290);
  // As when the tab is looked at again.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  const warning = page.getByRole('alertdialog', { name: 'Asiointisi on päättymässä' });
  await warning.getByText('enimmäisaika täyttyy').waitFor();
  assert.equal(await warning.getByRole('button', { name: 'Pysy kirjautuneena' }).count(), 0);
  for (let tab = 0; tab < 5; tab++) {
    // Past the last button the focus is the browser's own for a moment; never on what lies behind.
    const isHeld = await warning.evaluate(
      dialog => dialog.contains(document.activeElement) || document.activeElement === document.body,
    );
    assert.ok(isHeld, `after ${tab} tabs`);
    await page.keyboard.press('Tab');
  }
  await warning.getByRole('button', { name: 'Selvä' }).click();
  await warning.waitFor({ state: 'detached' });
  assert.ok(await opener.evaluate(button => button === document.activeElement));
  assert.deepEqual(portal.state.heard, [], 'nothing was asked of the server');
});

test('who cannot be signed out is told that they still are in; and later the same button works', async t => {
  const { page, context } = await openStage(t, browser, person(1), { page: 'folder' });
  await settled(page);
  const signOut = page.getByRole('button', { name: 'Kirjaudu ulos' });
  await context.setOffline(true);
  await signOut.click();
  await page.getByRole('alert').getByText('Olet yhä kirjautuneena').waitFor();
  assert.match(page.url(), /asiointikansio/);
  await context.setOffline(false);
  await signOut.click();
  await page.waitForURL(/\/fi\/uloskirjauduttu\//);
});

test('staying in one tab takes the warning from the other; signing out in one ends both', async t => {
  const state = person(1);
  leaveSeconds(state, 290);
  const { page, context, url } = await openStage(t, browser, state, { page: 'folder' });
  const other = await context.newPage();
  await other.goto(url);
  await other.getByRole('alertdialog').waitFor();
  await page.getByRole('alertdialog').waitFor();
  await page.getByRole('button', { name: 'Pysy kirjautuneena' }).click();
  await other.getByRole('alertdialog').waitFor({ state: 'detached', timeout: 5000 });
  await page.getByRole('button', { name: 'Kirjaudu ulos' }).click();
  await page.waitForURL(/\/fi\/uloskirjauduttu\/$/);
  await other.waitForURL(/\/fi\/uloskirjauduttu\/\?reason=signed-out$/, { timeout: 5000 });
});

test('the session ends at the server: the next call leads out, and back shows nothing', async t => {
  const state = person(1);
  const { page, portal } = await openStage(t, browser, state, { page: 'front' });
  await settled(page);
  await page.goto(`${portal.url}/fi/asiointikansio/`);
  await settled(page);
  state.session = { signedIn: false, ended: 'idle' };
  await page.getByRole('button', { name: 'Avaa tiedot' }).click();
  await page.waitForURL(/\/fi\/uloskirjauduttu\/\?reason=idle&return=%2Ffi%2Fasiointikansio%2F$/);
  await page.goBack();
  await page.waitForURL(/\/fi\/(kirjaudu|uloskirjauduttu)\//);
  assert.doesNotMatch((await page.locator('main').textContent()) ?? '', /HEL-2026|Koirailmoitus/);
});

test('own details: changed, saved, said; what was saved elsewhere meanwhile is shown, never overwritten unseen', async t => {
  const { page, portal } = await openStage(t, browser, person(), { page: 'details' });
  await page.getByText('010190-900P').waitFor();
  await page.getByRole('button', { name: 'Muokkaa' }).click();
  await page.locator('#email:focus').waitFor();
  await page.getByLabel('Sähköpostiosoite').fill('uusi@esimerkki.fi');
  portal.state.profile = { ...portal.state.profile, email: 'toinen@esimerkki.fi', revision: 2 };
  await page.getByRole('button', { name: 'Tallenna' }).click();
  await page.getByRole('alert').getByText('toinen@esimerkki.fi').waitFor();
  assert.equal(await page.getByLabel('Sähköpostiosoite').inputValue(), 'uusi@esimerkki.fi');
  await page.getByRole('button', { name: 'Tallenna' }).click();
  await page.locator('.hds-notification--success').waitFor();
  assert.equal(portal.state.profile.email, 'toinen@esimerkki.fi', 'used until the new one is confirmed');
  await page.locator('#code-email:focus').fill('654 321');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('Yrityksiä jäljellä: 3').waitFor();
  await page.locator('#code-email:focus').fill(mockCode);
  await page.keyboard.press('Enter');
  await page.locator('.hds-notification--success', { hasText: 'vahvistettu' }).waitFor();
  assert.equal(portal.state.profile.email, 'uusi@esimerkki.fi');
  await page.locator('button:focus', { hasText: 'Muokkaa' }).waitFor();
});

test('a new address can be taken back, and one given at registration be confirmed', async t => {
  const { page, portal } = await openStage(t, browser, watched(), { page: 'details' });
  await page.getByRole('button', { name: 'Peruuta muutos' }).click();
  await page.locator('.hds-notification--success', { hasText: 'peruutettu' }).waitFor();
  const [taken] = portal.state.heard;
  assert.deepEqual(
    [taken?.route, taken?.body.email, taken?.body.phone],
    ['PUT /api/profile', 'maija@esimerkki.fi', undefined],
  );
  await page.getByRole('button', { name: 'Lähetä vahvistuskoodi' }).click();
  await page.locator('#code-email:focus').fill(mockCode);
  await page.getByRole('button', { name: 'Vahvista', exact: true }).click();
  await page.locator('.hds-notification--success', { hasText: 'vahvistettu' }).waitFor();
  assert.equal(await page.locator('.details__confirm').count(), 0);
});

test('a saving whose answer was lost is no conflict with somebody else', async t => {
  const { page, portal } = await openStage(t, browser, person(), { page: 'details' });
  await page.getByRole('button', { name: 'Muokkaa' }).click();
  await page.getByLabel('svenska').check();
  portal.state.profile = { ...portal.state.profile, language: 'sv', revision: 2 };
  await page.getByRole('button', { name: 'Tallenna' }).click();
  await page.locator('.hds-notification--success').waitFor();
});

test('*Peruuta* drops what was typed', async t => {
  const { page, portal } = await openStage(t, browser, person(), { page: 'details' });
  await page.getByRole('button', { name: 'Muokkaa' }).click();
  await page.getByLabel('Sähköpostiosoite').fill('uusi@esimerkki.fi');
  await page.getByRole('button', { name: 'Peruuta' }).click();
  await page.getByText('maija@esimerkki.fi').waitFor();
  assert.equal(portal.state.heard.length, 0);
});
