import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { people } from '../../lib/local/engines/identity/people.ts';
import { assertAccessible, openBrowser, type Visitor, visit } from './browser.ts';
import { registered } from './citizen.ts';
import { command, commandJson } from './command.ts';
import { portalUnderTest, type RunningPortal } from './portal.ts';

const form = 'liikunta_suunnistuskartta_avustu';
const folder = `../shared/data/forms/${form}`;
const skip =
  !existsSync(folder) && !process.env.CI ? 'the city’s own forms are not beside the project' : false;

const representative = people.find(person => person.organisations.length > 1);
const file = {
  name: 'kartta.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.7\nkartta\n%%EOF\n'),
};

interface Shown {
  readonly answers: { readonly orienteering_maps_step: Record<string, unknown> };
  readonly attachments: readonly { name: string; size: number; sha256: string }[];
}

describe('a form of the city, unchanged, for an organisation', { skip }, () => {
  let portal: RunningPortal;
  let browser: Browser;
  let visitor: Visitor;
  const page = (): Page => visitor.page;
  const button = (name: string) => page().getByRole('button', { name, exact: true });

  before(async () => {
    assert.ok(representative);
    const [organisation] = representative.organisations;
    portal = await portalUnderTest();
    browser = await openBrowser();
    visitor = await visit(browser, 'desktop');
    await command(portal.place, 'clock', 'now');
    await registered(portal.place, {
      person: representative.id,
      ...(organisation && { organisation: organisation.businessId }),
    });
  });
  after(async () => {
    await browser.close();
    await command(portal.place, 'clock', 'now');
    await portal.stop();
  });

  test('is published as it is', async () => {
    const published = await command(portal.place, 'forms', 'publish', folder);
    assert.equal(published.status, 0, published.stdout + published.stderr);
  });

  test('is for organisations only', async () => {
    const published = await fetch(`${portal.place.url}/api/forms/${form}`);
    assert.deepEqual((await published.json()).settings.applicants, ['organisation']);
  });

  test('is filled in, with a file, and sent', async () => {
    const [organisation] = representative?.organisations ?? [];
    await page().goto(`${portal.place.url}/fi/asiointipalvelut/${form}/`);
    await page().getByRole('link', { name: 'Siirry palveluun' }).click();
    await page().getByRole('link', { name: 'Yritys- tai yhteisöasiakas' }).click();
    await page().getByRole('button', { name: 'Varmennekortti' }).click();
    await page()
      .getByRole('button', { name: `${representative?.givenName} ${representative?.familyName}` })
      .click();
    await page().getByRole('button', { name: 'Jatka palveluun' }).click();
    await page()
      .getByRole('button', { name: organisation?.name ?? '' })
      .click();
    await page().getByRole('heading', { name: 'Liikunta, suunnistuskartta-avustushakemus' }).waitFor();
    await page().getByLabel('Vuosi, jolle haen avustusta').selectOption('2026');
    await page()
      .getByLabel('Kartan nimi, sijainti ja karttatyyppi')
      .first()
      .fill('Keskuspuisto, uusi kartta');
    await page().getByLabel('Kustannukset euroa').first().fill('1250,50');
    await button('Seuraava').click();
    await page().locator('input[type=file]:not([capture])').setInputFiles(file);
    await page().getByText('kartta.pdf on ladattu').or(page().getByText('Ladattu')).first().waitFor();
    await assertAccessible(page(), 'form with an attachment');
    await button('Seuraava').click();
    await button('Lähetä').click();
    await page()
      .getByText(/Lomakkeen lähetys onnistui/)
      .waitFor();
    assert.deepEqual(visitor.complaints(), []);
  });

  test('reaches the department with its answers and its file’s digest', async () => {
    const listed = await commandJson<{ caseNumber: string }[]>(
      portal.place,
      'department',
      'list',
      '--service',
      form,
    );
    const { caseNumber } = listed.at(-1) ?? assert.fail('no case');
    const shown = await commandJson<Shown>(portal.place, 'department', 'show', caseNumber);
    assert.match(JSON.stringify(shown.answers), /Keskuspuisto, uusi kartta/);
    const [attachment] = shown.attachments;
    assert.equal(attachment?.name, file.name);
    assert.equal(attachment?.sha256, createHash('sha256').update(file.buffer).digest('hex'));
  });

  test('is closed after its closing date', async () => {
    await command(portal.place, 'clock', '2027-01-01T00:30:00+02:00');
    const { place } = portal;
    const citizen = await registered(place, {
      person: representative?.id ?? '',
      organisation: representative?.organisations[0]?.businessId ?? '',
    });
    const definition = (await citizen.call('GET', `/api/forms/${form}`)).json();
    const answer = await citizen.call(
      'POST',
      '/api/cases',
      { form, formVersion: definition.version, language: 'fi', answers: {} },
      { 'idempotency-key': 'late-application-0001' },
    );
    assert.equal(answer.json().type, '/problems/form-not-open', answer.text);
  });
});
