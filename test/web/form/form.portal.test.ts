import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page, Route } from 'playwright-core';
import { people } from '../../../lib/local/engines/identity/people.ts';
import {
  assertAccessible,
  assertNoSidewaysScroll,
  openBrowser,
  scriptRuns,
  type Visitor,
  visit,
  type widths,
} from '../../portal/browser.ts';
import { deleteDrafts, giveSession, registered } from '../../portal/citizen.ts';
import { command } from '../../portal/command.ts';
import { portalUnderTest, type RunningPortal } from '../../portal/portal.ts';

const cityForms = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'forms');
const needsCityForms =
  existsSync(cityForms) || process.env.CI ? {} : { skip: '../shared/data/forms is not here' };
const sentence =
  /^Lomakkeen lähetys onnistui ja voit seurata sen tilaa asiointikansiossa asianumerolla HEL-\d{4}-\d{6}\.$/;

let portal: RunningPortal;
let browser: Browser;
before(async () => {
  [portal, browser] = await Promise.all([portalUnderTest(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

const person = people.find(({ organisations }) => organisations.length === 0)?.id ?? '';
const representative = people.find(({ organisations }) => organisations.length > 0);

/** A browser whose owner is signed in and registered. */
const arrive = async (width: keyof typeof widths, organisation?: string): Promise<Visitor> => {
  const identity = organisation ? { person: representative?.id ?? '', organisation } : { person };
  const citizen = await registered(portal.place, identity);
  await deleteDrafts(citizen);
  const visitor = await visit(browser, width);
  await giveSession(portal.place, visitor.context, citizen);
  return visitor;
};

const openForm = async (page: Page, form: string, language = 'fi/lomake'): Promise<void> => {
  await page.goto(`${portal.place.url}/${language}/${form}/`);
  await scriptRuns(page);
  await page.locator('form.form').waitFor();
};
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const isHeading = (page: Page, name: string) => page.getByRole('heading', { name, level: 2 }).waitFor();
const assertGood = async (page: Page, where: string): Promise<void> => {
  await assertAccessible(page, where);
  await assertNoSidewaysScroll(page, where);
};

const fillConsent = async (page: Page): Promise<void> => {
  await page.getByLabel(/Suostun siihen/).check();
  await page.getByLabel(/Ymmärrän, että/).check();
  await press(page, 'Seuraava');
  await page.getByLabel(/Oma terveysasemasi/).fill('Kalasatama');
  await page.getByRole('radio', { name: 'suomi' }).check();
  await page.getByRole('radio', { name: 'Ei' }).check();
  await press(page, 'Seuraava');
};

const fillDog = async (page: Page): Promise<void> => {
  await page.getByLabel('Koiran kutsumanimi').fill('Musti');
  await page.getByLabel('Rotu').fill('Mäyräkoira');
  await page.getByRole('radio', { name: 'Uros' }).check();
  await page.getByRole('textbox', { name: 'Syntymäaika' }).fill('3.5.2024');
  await page.getByLabel('Mikrosirun numero').fill('246098100000000');
};

const fillOwner = async (page: Page): Promise<void> => {
  await page.getByLabel('Katuosoite').fill('Esimerkkikatu 1');
  await page.getByLabel('Postinumero').fill('00100');
  await page.getByLabel('Postitoimipaikka').fill('Helsinki');
  await page.getByLabel('Puhelinnumero').fill('040 123 4567');
};

describe('a form in the browser', () => {
  it('is filled in, named what is missing, saved, continued, checked and sent on a phone', async () => {
    const { page, context, complaints } = await arrive('phone');
    await openForm(page, 'koirailmoitus');
    await press(page, 'Seuraava');
    const summary = page.locator('.error-summary');
    assert.match(
      await summary.innerText(),
      /Valitse vastaus kohtaan ”Ilmoituksen syy”\s+Täytä kohta ”Milloin tämä tapahtui\?”/,
    );
    await page.locator('#error-summary-title:focus').waitFor();
    const date = page.getByRole('textbox', { name: 'Milloin tämä tapahtui?' });
    assert.equal(await date.getAttribute('aria-invalid'), 'true');
    await assertGood(page, 'a page with errors');
    await summary.getByRole('link', { name: /Milloin/ }).click();
    await page.keyboard.type('20.11.2026');
    assert.equal(await date.getAttribute('aria-invalid'), null);
    await page.getByRole('radio', { name: 'Olen saanut uuden koiran' }).check();
    await press(page, 'Seuraava');
    await isHeading(page, 'Koiran tiedot');
    await fillDog(page);
    await press(page, 'Tallenna luonnos');
    await page.getByText(/^Luonnos tallennettu klo /).waitFor();

    const other = await context.newPage();
    await other.goto(page.url());
    await isHeading(other, 'Koiran tiedot');
    assert.equal(await other.getByRole('textbox', { name: 'Syntymäaika' }).inputValue(), '3.5.2024');
    await press(other, 'Seuraava');
    await isHeading(other, 'Omistajan yhteystiedot');
    await fillOwner(other);
    await press(other, 'Seuraava');
    await isHeading(other, 'Tarkista vastaukset');
    assert.match(
      await other.locator('.answers').innerText(),
      /Olen saanut uuden koiran[\s\S]*Musti[\s\S]*Esimerkkikatu 1/,
    );
    await assertGood(other, 'checking');
    await press(other, 'Lähetä');
    assert.match(await other.locator('.hds-notification--success').innerText(), sentence);
    await assertGood(other, 'the confirmation');
    // Its address still tells what became of it.
    const number = /HEL-\d{4}-\d+/.exec(await other.locator('.hds-notification--success').innerText())?.[0];
    await other.reload();
    await other.locator('.hds-notification--success', { hasText: number ?? 'no number' }).waitFor();
    await other.reload();
    await other.locator('.hds-notification--success', { hasText: number ?? 'no number' }).waitFor();
    assert.deepEqual(complaints(), []);
    await context.close();
  });

  it('is sent once, though the answer was lost and its owner looked back before trying again', async () => {
    const { page, context } = await arrive('desktop');
    await openForm(page, 'koirailmoitus');
    await page.getByRole('textbox', { name: 'Milloin tämä tapahtui?' }).fill('20.11.2026');
    await page.getByRole('radio', { name: 'Olen saanut uuden koiran' }).check();
    await press(page, 'Seuraava');
    await fillDog(page);
    await press(page, 'Seuraava');
    await fillOwner(page);
    await press(page, 'Seuraava');
    await isHeading(page, 'Tarkista vastaukset');
    let number: unknown;
    await page.route(
      '**/api/cases',
      async route => {
        number = (await (await route.fetch()).json()).caseNumber;
        await route.abort();
      },
      { times: 1 },
    );
    await press(page, 'Lähetä');
    await page.getByText(/^Yhteys katkesi\. Paina Lähetä uudelleen/).waitFor();
    const refused = page.waitForResponse(response => response.status() === 409);
    await press(page, 'Edellinen');
    await isHeading(page, 'Omistajan yhteystiedot');
    await refused;
    await press(page, 'Seuraava');
    await isHeading(page, 'Tarkista vastaukset');
    assert.equal(await page.getByRole('alertdialog').count(), 0);
    await press(page, 'Lähetä');
    const sent = page.locator('.hds-notification--success');
    assert.ok((await sent.innerText()).includes(String(number)));
    await context.close();
  });

  it('keeps what is typed when its owner leaves before it was saved', async () => {
    const { page, context } = await arrive('desktop');
    await openForm(page, 'asukaspysakointitunnus');
    await page.getByLabel('Rekisteritunnus').fill('ABC-123');
    await page.getByRole('link', { name: 'Asiointikansio' }).first().click();
    await page.waitForURL(/asiointikansio/);
    await page.goBack();
    await page.locator('form.form').waitFor();
    assert.equal(await page.getByLabel('Rekisteritunnus').inputValue(), 'ABC-123');
    await context.close();
  });

  it('never overwrites silently: the second window is told and chooses', async () => {
    const { page, context } = await arrive('desktop');
    await openForm(page, 'asukaspysakointitunnus');
    const number = (window: Page) => window.getByLabel('Rekisteritunnus');
    const save = async (window: Page, text: string) => {
      await number(window).fill(text);
      await press(window, 'Tallenna luonnos');
    };
    await save(page, 'AAA-1');
    await page.getByText(/^Luonnos tallennettu/).waitFor();
    const second = await context.newPage();
    await second.goto(page.url());
    await number(second).waitFor();
    await save(second, 'BBB-2');
    await second.getByText(/^Luonnos tallennettu/).waitFor();
    await save(page, 'CCC-3');
    await page.getByRole('alertdialog', { name: 'Luonnosta on muutettu toisaalla' }).waitFor();
    await assertGood(page, 'a conflict');
    await press(page, 'Käytä toisaalla tallennettuja tietoja');
    await page.waitForFunction(() => document.querySelector('input')?.value === 'BBB-2');
    await context.close();
  });

  it('that is never stored says so and leaves nothing behind', async () => {
    const { page, context, complaints } = await arrive('phone');
    const asked: string[] = [];
    page.on('request', request => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
    await openForm(page, 'terveydenhuollon-suostumus');
    await page.getByText('Tätä lomaketta ei tallenneta asiointikansioon').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Tallenna luonnos' }).count(), 0);
    await fillConsent(page);
    // It comes, and its sender never hears of it.
    const numbers: string[] = [];
    const lose = async (route: Route) => {
      const answer = await route.fetch();
      numbers.push((await answer.json()).caseNumber);
      await route.abort();
    };
    await page.route('**/api/cases', lose);
    await press(page, 'Lähetä');
    await page.getByText(/Yhteys katkesi/).waitFor();
    assert.deepEqual(
      // The list of one's drafts of other forms is read; nothing of this one is asked for or written.
      asked.filter(one => one.includes('/drafts') && one !== 'GET /api/drafts'),
      [],
    );
    assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0]);
    for (const _ of ['at once', 'again']) {
      await page.reload();
      await page.getByText(`Asianumerosi on ${numbers[0]}. Vastauksiasi ei tallennettu`).waitFor();
    }
    await assertGood(page, 'what a reload tells of a lost answer');
    await page.unroute('**/api/cases', lose);
    const unheard = (one: string) => !one.includes('ERR_FAILED') && !one.includes('404');
    assert.deepEqual(complaints().filter(unheard), []);
    await context.close();
  });

  it('that is never stored, and whose sending did not come, can be sent after a reload, once', async () => {
    const { page, context } = await arrive('phone');
    await openForm(page, 'terveydenhuollon-suostumus');
    const keys: (string | undefined)[] = [];
    page.on('request', request => {
      if (request.method() === 'POST' && request.url().endsWith('/api/cases'))
        keys.push(request.headers()['idempotency-key']);
    });
    await page.route('**/api/cases', route => route.abort());
    await fillConsent(page);
    await press(page, 'Lähetä');
    await page.getByText(/Yhteys katkesi/).waitFor();
    await page.unroute('**/api/cases');
    await page.reload();
    await page.locator('form.form').waitFor();
    await fillConsent(page);
    await press(page, 'Lähetä');
    await page.getByText(/Vastauksiasi ei tallennettu asiointikansioon/).waitFor();
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1]);
    await context.close();
  });

  it('that does not exist says so', async () => {
    const { page, context } = await arrive('phone');
    const answer = await page.goto(`${portal.place.url}/sv/blankett/finns-inte/`);
    assert.equal(answer?.status(), 404);
    await page.getByRole('heading', { name: 'Sidan hittades inte' }).waitFor();
    await assertGood(page, 'a form that is not there');
    await context.close();
  });
});

describe("the city's own form, unchanged", needsCityForms, () => {
  before(async () => {
    if ('skip' in needsCityForms) return;
    const published = await command(
      portal.place,
      'forms',
      'publish',
      join(cityForms, 'liikunta_suunnistuskartta_avustu'),
    );
    assert.equal(published.status, 0, published.stderr);
  });

  it('tells a person that it is for organisations, and the way in', async () => {
    const { page, context } = await arrive('phone');
    await page.goto(`${portal.place.url}/fi/lomake/liikunta_suunnistuskartta_avustu/`);
    const way = page.getByRole('link', { name: 'Valitse yritys tai yhteisö' });
    assert.match((await way.getAttribute('href')) ?? '', /^\/api\/auth\/mandate\?return=%2Ffi%2Flomake%2F/);
    await assertGood(page, 'the wrong applicant');
    await context.close();
  });

  it('is filled in, with a file, and sent by an organisation', async () => {
    const { page, context, complaints } = await arrive(
      'desktop',
      representative?.organisations[0]?.businessId,
    );
    await openForm(page, 'liikunta_suunnistuskartta_avustu');
    await page.getByLabel('Vuosi, jolle haen avustusta').selectOption('2026');
    await page.getByLabel('Kartan nimi, sijainti ja karttatyyppi').fill('Nuuksio, uusi kartta');
    await page.getByLabel('Koko km2').fill('2.5');
    await page.getByLabel('Kustannukset euroa').fill('1 250,50');
    await press(page, 'Seuraava');
    await isHeading(page, 'Lisätiedot ja liitteet');
    await page
      .locator('input[type=file]:not([capture])')
      .first()
      .setInputFiles({
        name: 'kartta.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.from('%PDF-1.4 koe'),
      });
    await page.locator('.file-list').getByText('Ladattu').waitFor();
    await assertGood(page, 'attachments');
    await press(page, 'Seuraava');
    await isHeading(page, 'Tarkista vastaukset');
    assert.match(await page.locator('.answers').innerText(), /2,5[\s\S]*1250,50[\s\S]*kartta\.pdf/);
    await press(page, 'Lähetä');
    assert.match(await page.locator('.hds-notification--success').innerText(), sentence);
    assert.deepEqual(complaints(), []);
    await context.close();
  });
});
