import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { people } from '../../../lib/local/engines/identity/people.ts';
import {
  assertAccessible,
  assertNoSidewaysScroll,
  openBrowser,
  type Visitor,
  visit,
  type widths,
} from '../../portal/browser.ts';
import { giveSession, registered } from '../../portal/citizen.ts';
import { portalUnderTest, type RunningPortal } from '../../portal/portal.ts';

let portal: RunningPortal;
let browser: Browser;
before(async () => {
  [portal, browser] = await Promise.all([portalUnderTest(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

const persons = people.filter(({ organisations }) => organisations.length === 0);

const arrive = async (width: keyof typeof widths, index: number): Promise<Visitor> => {
  const citizen = await registered(portal.place, { person: persons[index]?.id ?? '' });
  const visitor = await visit(browser, width);
  await giveSession(portal.place, visitor.context, citizen);
  return visitor;
};

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const choose = (page: Page, group: string | RegExp, name: string) =>
  page.getByRole('group', { name: group }).getByRole('radio', { name, exact: true }).check();
const sent = (page: Page) => page.getByRole('heading', { name: 'Lomake on lähetetty' }).waitFor();
const assertGood = async (page: Page, where: string): Promise<void> => {
  await assertAccessible(page, where);
  await assertNoSidewaysScroll(page, where);
};

describe('courses and consent in the browser', () => {
  it('registers for a course, prints the receipt, gives the place up', async () => {
    const { page, context, complaints } = await arrive('phone', 0);
    await page.goto(`${portal.place.url}/fi/lomake/aikuisten-uimakoulu/`);
    await page.getByText(/paikkaa? vapaana \(paikkoja 20\)/).waitFor();
    await assertGood(page, 'a course');
    await choose(page, /Miten uit nyt/, 'En osaa uida');
    await choose(page, /Millä kielellä/, 'Suomeksi');
    await choose(page, /Tarvitsetko avustajaa/, 'En');
    await press(page, 'Seuraava');
    await page.getByLabel('Puhelinnumero').fill('040 123 4567');
    await page.getByRole('checkbox', { name: /Hyväksyn/ }).check();
    await press(page, 'Seuraava');
    await press(page, 'Lähetä');
    await sent(page);
    await page.getByText('Sait paikan.').waitFor();
    await assertGood(page, 'the confirmation of a course');

    const [receipt] = await Promise.all([
      context.waitForEvent('page'),
      page.getByRole('link', { name: /Avaa kuitti/ }).click(),
    ]);
    await receipt.getByRole('heading', { name: 'Kuitti lähetetystä lomakkeesta' }).waitFor();
    await receipt.getByText('En osaa uida').waitFor();
    await assertGood(receipt, 'the receipt');
    await receipt.close();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Lataa kuitti' }).click(),
    ]);
    assert.match(download.suggestedFilename(), /^kuitti-HEL-\d{4}-\d{6}\.html$/);

    await page.getByRole('link', { name: 'Siirry asiointikansioon' }).click();
    await page.getByText('Sinulla on paikka kurssilla.').waitFor();
    await assertGood(page, 'a registration in the folder');
    await press(page, 'Peru ilmoittautuminen');
    const dialog = page.getByRole('dialog', { name: 'Perutaanko ilmoittautuminen?' });
    await dialog.waitFor();
    await assertGood(page, 'the question');
    await dialog.getByRole('button', { name: 'Peru ilmoittautuminen' }).click();
    await page.getByText('Ilmoittautuminen on peruttu.').waitFor();
    await page.locator('h4:focus', { hasText: 'Ilmoittautuminen' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Peru ilmoittautuminen' }).count(), 0);
    assert.deepEqual(complaints(), []);
    await context.close();
  });

  it('asks for the consent form first, and leads back from it', async () => {
    const { page, context, complaints } = await arrive('desktop', 3);
    await page.goto(`${portal.place.url}/fi/lomake/suun-terveydenhuollon-esitiedot/`);
    await page.getByText('Tarvitsemme ensin suostumuksesi').waitFor();
    await assertGood(page, 'consent first');
    await page.getByRole('link', { name: 'Siirry suostumukseen' }).click();
    await page.locator('form.form').waitFor();
    for (const box of await page.getByRole('checkbox').all())
      if (!/muistutuks/i.test((await box.locator('xpath=..').innerText()) ?? '')) await box.check();
    await press(page, 'Seuraava');
    await page.getByLabel('Oma terveysasemasi').fill('Kallio');
    await choose(page, /Kieli/, 'suomi');
    await page.getByRole('radio', { name: 'Ei', exact: true }).check();
    await press(page, 'Seuraava');
    await press(page, 'Lähetä');
    await sent(page);
    await assertGood(page, 'the confirmation of a consent');
    await page.getByRole('link', { name: 'Jatka lomakkeen täyttämiseen' }).click();
    await page.getByRole('heading', { name: 'Suun terveydenhuollon esitiedot', level: 1 }).waitFor();
    await page.locator('form.form').waitFor();
    assert.deepEqual(complaints(), []);
    await context.close();
  });
});
