/** Filling in: repeats, dates, Finnish fields, and what is red when. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { people } from '../../../lib/local/engines/identity/people.ts';
import {
  assertAccessible,
  assertNoSidewaysScroll,
  openBrowser,
  scriptRuns,
  visit,
  type widths,
} from '../../portal/browser.ts';
import { deleteDrafts, giveSession, registered } from '../../portal/citizen.ts';
import { command } from '../../portal/command.ts';
import { portalUnderTest, type RunningPortal } from '../../portal/portal.ts';

let portal: RunningPortal;
let browser: Browser;
before(async () => {
  [portal, browser] = await Promise.all([portalUnderTest(), openBrowser()]);
  const published = await command(
    portal.place,
    'forms',
    'publish',
    join(import.meta.dirname, 'fixtures', 'kenttakoe'),
  );
  assert.equal(published.status, 0, published.stderr);
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

const person = people.findLast(({ organisations }) => organisations.length === 0)?.id ?? '';

/** The form as nobody has begun it yet. */
const begin = async (width: keyof typeof widths, path = 'fi/lomake') => {
  const citizen = await registered(portal.place, { person });
  await deleteDrafts(citizen);
  const visitor = await visit(browser, width);
  await giveSession(portal.place, visitor.context, citizen);
  await visitor.page.goto(`${portal.place.url}/${path}/kenttakoe/`);
  await scriptRuns(visitor.page);
  await visitor.page.locator('form.form').waitFor();
  await visitor.page.locator('fieldset').first().waitFor();
  return visitor;
};

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.textContent ?? '');
const said = (page: Page, text: string) =>
  page.locator('[aria-live=polite]', { hasText: text }).waitFor({ state: 'attached' });

it('repeats are added, moved by keyboard and removed, each with focus, words and a name of its own', async () => {
  const { page, context, complaints } = await begin('phone');
  const names = (): Promise<string[]> =>
    page.getByLabel('Nimi').evaluateAll(boxes => boxes.map(box => (box as HTMLInputElement).value));
  await page.getByLabel('Nimi').fill('Aapo');
  await press(page, 'Lisää');
  await page.locator('fieldset:focus legend', { hasText: 'Sisarus 2' }).waitFor();
  await page.getByLabel('Nimi').nth(1).fill('Kaisa');
  await press(page, 'Lisää');
  await page.getByLabel('Nimi').nth(2).fill('Eino');

  await page.getByRole('button', { name: 'Siirrä ylös sisarus 2', exact: true }).focus();
  await page.keyboard.press('Enter');
  await said(page, 'Sisarus 2 on nyt kohta 1/3');
  assert.deepEqual(await names(), ['Kaisa', 'Aapo', 'Eino']);
  assert.equal(await focused(page), 'Siirrä ylös sisarus 1');
  await page.keyboard.press('ArrowDown');
  await page.locator('button:focus', { hasText: 'Siirrä alas sisarus 2' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.locator('button:focus', { hasText: 'Siirrä alas sisarus 3' }).waitFor();
  assert.deepEqual(await names(), ['Aapo', 'Eino', 'Kaisa']);

  await press(page, 'Poista sisarus 2');
  await said(page, 'Sisarus 2 poistettiin');
  await page.locator('button:focus', { hasText: 'Kumoa' }).waitFor();
  assert.deepEqual(await names(), ['Aapo', 'Kaisa']);
  await assertNoSidewaysScroll(page, 'repeats');
  await assertAccessible(page, 'a removed repeat');
  await page.keyboard.press('Enter');
  await said(page, 'Sisarus 2 palautettiin');
  await page.locator('fieldset:focus legend', { hasText: 'Sisarus 2' }).waitFor();
  assert.deepEqual(await names(), ['Aapo', 'Eino', 'Kaisa']);

  await press(page, 'Lisää');
  await page.locator('fieldset:focus legend', { hasText: 'Sisarus 4' }).waitFor();
  await press(page, 'Poista sisarus 4');
  await page.locator('fieldset:focus legend', { hasText: 'Sisarus 3' }).waitFor();
  assert.equal(await page.getByText('Kumoa').count(), 0);
  assert.deepEqual(complaints(), []);
  await context.close();
});

it('errors name the repeat they are in; what comes into sight afterwards is not red', async () => {
  const { page, context } = await begin('desktop');
  await press(page, 'Lisää');
  await page.getByLabel('Nimi').first().fill('Aapo');
  await press(page, 'Seuraava');
  await page.locator('#error-summary-title:focus').waitFor();
  assert.match(
    await page.locator('.error-summary').innerText(),
    /Sisarus 1: Täytä kohta ”Syntymäaika”\s+Sisarus 2: Täytä kohta ”Nimi”\s+Sisarus 2: Täytä kohta ”Syntymäaika”/,
  );
  await page.getByLabel('Haluan kertoa lisää').check();
  await page.getByLabel('Lisätiedot').waitFor();
  assert.equal(await page.getByLabel('Lisätiedot').getAttribute('aria-invalid'), null);
  await press(page, 'Lisää');
  assert.equal(await page.getByLabel('Nimi').nth(2).getAttribute('aria-invalid'), null);
  assert.equal(await page.getByLabel('Nimi').nth(1).getAttribute('aria-invalid'), 'true');
  await press(page, 'Seuraava');
  assert.match(await page.locator('.error-summary').innerText(), /Täytä kohta ”Lisätiedot”/);
  await context.close();
});

for (const [path, calendar, close] of [
  ['fi/lomake', /Avaa kalenteri/, 'Sulje kalenteri'],
  ['sv/blankett', /kalender/i, 'Stäng kalendern'],
  ['en/form', /calendar/i, 'Close the calendar'],
] as const)
  it(`the calendar is whole by keyboard and accessible (${path})`, async () => {
    const { page, context, complaints } = await begin('phone', path);
    const box = page.locator('.date-input').first();
    await box.fill('31.3.2025');
    const open = page.getByRole('button', { name: calendar }).first();
    await open.focus();
    await page.keyboard.press('Enter');
    const at = (day: string) => page.locator(`[data-day="${day}"]:focus`).waitFor();
    await at('2025-03-31');
    const years = await page.locator('dialog select').last().locator('option').allTextContents();
    const [newest, oldest] = [years[0], years.at(-1)].map(Number);
    assert.deepEqual([newest === new Date().getFullYear(), (newest ?? 0) - (oldest ?? 0)], [true, 120]);
    await assertAccessible(page, `the calendar (${path})`);
    await assertNoSidewaysScroll(page, `the calendar (${path})`);
    for (const [key, day] of [
      ['PageUp', '2025-02-28'],
      ['Shift+PageDown', '2026-02-28'],
      ['Home', '2026-02-23'],
      ['End', '2026-03-01'],
      ['ArrowLeft', '2026-02-28'],
      ['ArrowUp', '2026-02-21'],
    ] as const) {
      await page.keyboard.press(key);
      await at(day);
    }
    await page.keyboard.press('Escape');
    await page.locator('dialog table').waitFor({ state: 'detached' });
    assert.equal(await box.inputValue(), '31.3.2025');
    const back = () => page.locator('button:focus', { hasText: calendar }).waitFor();
    await back();
    await page.keyboard.press('Enter');
    await at('2025-03-31');
    await page.keyboard.press('ArrowLeft');
    await at('2025-03-30');
    await page.keyboard.press('Enter');
    await page.locator('dialog table').waitFor({ state: 'detached' });
    assert.equal(await box.inputValue(), '30.3.2025');
    await back();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: close }).click();
    assert.deepEqual(complaints(), []);
    await context.close();
  });

it('numbers that cannot exist are refused, a postal code brings its town, a sum is reckoned', async () => {
  const { page, context } = await begin('desktop');
  await press(page, 'Tiedot');
  const fill = async (values: Readonly<Record<string, string>>) => {
    for (const [label, value] of Object.entries(values))
      await page.getByLabel(label, { exact: true }).fill(value);
  };
  await fill({
    'Y-tunnus': '1234567-2',
    Tilinumero: 'FI21 1234 5600 0007 86',
    Puhelin: '12',
    Asianumero: 'HEL 2026',
    Postinumero: '00530',
    Vuokra: '1 200,50',
    Vesimaksu: '20,1',
  });
  await page.getByText('00530 Helsinki').waitFor();
  const town = page.getByLabel('Postitoimipaikka');
  assert.equal(await town.inputValue(), 'Helsinki');
  // Another code brings its own, after a look at another step too; what somebody wrote stays.
  await page.goBack();
  await press(page, 'Tiedot');
  await page.getByText('00530 Helsinki').waitFor();
  await fill({ Postinumero: '33100' });
  await page.getByText('33100 Tampere').waitFor();
  assert.equal(await town.inputValue(), 'Tampere');
  await fill({ Postitoimipaikka: 'Keskusta', Postinumero: '00530' });
  await page.getByText('00530 Helsinki').waitFor();
  assert.equal(await town.inputValue(), 'Keskusta');
  await fill({ Postitoimipaikka: 'Helsinki', Postinumero: '00001' });
  await page.getByText('Tätä postinumeroa ei ole luettelossamme').waitFor();
  assert.match(await page.locator('output').innerText(), /^1\s?220,60$/);
  await page.getByLabel(/^Henkilötunnus/).fill('010190-900X');
  await press(page, 'Seuraava');
  await page.locator('#error-summary-title:focus').waitFor();
  assert.equal(await page.locator('.error-summary li').count(), 5);
  await assertAccessible(page, 'refused numbers');
  await page.getByLabel(/^Henkilötunnus/).fill('010190-900P');
  await fill({
    'Y-tunnus': '0201256-6',
    Tilinumero: 'fi21 1234 5600 0007 85',
    Puhelin: '+46 70 123 45 67',
    Asianumero: 'hel 2026 123',
    'Avataan klo': '0830',
    'Suljetaan klo': '8',
  });
  await page.getByLabel('Puhelin', { exact: true }).focus();
  const shown = (label: string) => page.getByLabel(label, { exact: true }).inputValue();
  assert.deepEqual(
    await Promise.all(['Tilinumero', 'Asianumero', 'Avataan klo', 'Suljetaan klo'].map(shown)),
    ['FI21 1234 5600 0007 85', 'HEL-2026-000123', '8.30', '8.00'],
  );
  await press(page, 'Seuraava');
  await page
    .locator('.error-summary', {
      hasText: 'Kohdan ”Suljetaan klo” pitää olla myöhemmin kuin kohdan ”Avataan klo”',
    })
    .waitFor();
  await fill({ 'Suljetaan klo': '1630' });
  await press(page, 'Seuraava');
  await page.getByRole('heading', { name: 'Tarkista vastaukset', level: 2 }).waitFor();
  await page.locator('dd', { hasText: '16.30' }).waitFor();

  // The first page was never filled in: what it lacks is marked, each with the way to its field.
  await page.getByText('2 kohtaa puuttuu tai pitää korjata.', { exact: false }).waitFor();
  await assertAccessible(page, 'answers with marks');
  assert.equal(await page.locator('.error-summary').count(), 0);
  await page.locator('dd').getByRole('link', { name: 'Täytä kohta ”Nimi”' }).click();
  await page.locator('input:focus').waitFor();
  await page.keyboard.type('Aapo');
  await page.locator('.form-steps').getByRole('button', { name: 'Tarkista vastaukset' }).click();
  await page.getByText('Yksi kohta puuttuu tai pitää korjata.', { exact: false }).waitFor();
  await press(page, 'Lähetä');
  await page.locator('.error-summary h2:focus').waitFor();
  await context.close();
});

for (const [path, button, filled] of [
  ['fi/lomake', 'Käytä omia tietojani', 'Täytettiin Omista tiedoistasi:'],
  ['sv/blankett', 'Använd mina uppgifter', 'Ifyllt från Mina uppgifter:'],
  ['en/form', 'Use my own details', 'Filled in from My details:'],
] as const)
  it(`own details fill empty fields when asked to, and never by themselves (${path})`, async () => {
    const { page, context, complaints } = await begin('phone', path);
    const citizen = await registered(portal.place, { person });
    const profile = (await citizen.call('GET', '/api/profile')).json();
    await page.locator('.form-steps button').nth(1).click();
    const [name, phone] = ['own_name', 'phone'].map(field => page.locator(`#field-details-${field}`));
    const ask = page.getByRole('button', { name: button, exact: true });
    await ask.focus();
    assert.equal(await name?.inputValue(), '');
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: filled }).waitFor();
    assert.equal(await name?.inputValue(), profile.name);
    assert.equal((await phone?.inputValue()) === '', profile.phone === undefined);
    await assertAccessible(page, `own details (${path})`);
    await assertNoSidewaysScroll(page, `own details (${path})`);
    await name?.fill('Joku Muu');
    await ask.press('Enter');
    await page.getByRole('status').filter({ hasText: filled }).waitFor({ state: 'detached' });
    assert.equal(await name?.inputValue(), 'Joku Muu');
    assert.deepEqual(complaints(), []);
    await context.close();
  });
