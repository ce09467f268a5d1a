import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { good } from '../attachments/files.ts';
import { assertAccessible, assertNoSidewaysScroll, openBrowser, visit, type widths } from './browser.ts';
import { type Citizen, giveSession, personWithout, registered } from './citizen.ts';
import { command, commandJson } from './command.ts';
import { portalUnderTest, type RunningPortal } from './portal.ts';
import { publishForm, said, trialForm } from './trial-form.ts';

/** A form that may be changed and withdrawn while nobody has begun with it; another whose messages are health care's. */
const formWith = (settings: object) =>
  trialForm({
    title: said('Viestikoe', 'Meddelandeprov', 'Message trial'),
    page: {
      title: said('Tiedot', 'Uppgifter', 'Details'),
      properties: { name: { type: 'string', title: 'name.title' } },
      required: ['name'],
    },
    settings: { applicants: ['person'], ...settings },
    texts: { 'name.title': said('Lempinimi', 'Smeknamn', 'Nickname') },
  });
const forms = {
  viestikoe: { withdrawal: ['sent', 'received'], amendment: ['sent', 'received'] },
  'viestikoe-muualla': { messages: 'elsewhere' },
};

interface Shown {
  readonly status: string;
  readonly answers: { readonly page: { readonly name: string } };
  readonly events: readonly { readonly type: string; readonly by: string; readonly readAt?: string }[];
}

describe('messages, decisions and changes', () => {
  let portal: RunningPortal;
  let browser: Browser;
  let citizen: Citizen;

  before(async () => {
    portal = await portalUnderTest();
    browser = await openBrowser();
    for (const [form, settings] of Object.entries(forms))
      await publishForm(portal.place, form, formWith(settings));
    citizen = await registered(portal.place, { person: personWithout(0) });
  });
  after(async () => {
    await browser.close();
    await portal.stop();
  });

  const send = async (form: keyof typeof forms): Promise<string> => {
    const formVersion = (await citizen.call('GET', `/api/forms/${form}`)).json().version;
    const body = { form, formVersion, language: 'fi', answers: { page: { name: 'Musti' } } };
    const sent = await citizen.call('POST', '/api/cases', body, { 'idempotency-key': randomUUID() });
    assert.equal(sent.status, 201, sent.text);
    return sent.json().caseNumber;
  };
  const department = async (...args: string[]): Promise<string> => {
    const ran = await command(portal.place, 'department', ...args);
    assert.equal(ran.status, 0, ran.stderr);
    return ran.stdout;
  };
  const show = (caseNumber: string) => commandJson<Shown>(portal.place, 'department', 'show', caseNumber);

  const openCase = async (caseNumber: string, width: keyof typeof widths = 'desktop', language = 'fi') => {
    const visitor = await visit(browser, width);
    await giveSession(portal.place, visitor.context, citizen);
    const path = { fi: 'asiointikansio', sv: 'arendemapp', en: 'folder' }[language];
    await visitor.page.goto(`${portal.place.url}/${language}/${path}/${caseNumber}/`);
    await visitor.page.locator('.answers').waitFor();
    return visitor;
  };
  /** The page is there before its script, and the draft comes after both. */
  const holds = async (field: Locator, value: string): Promise<void> => {
    for (let attempt = 0; attempt < 300 && (await field.inputValue()) !== value; attempt++) await pause(100);
    assert.equal(await field.inputValue(), value);
  };
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

  test('an official writes and is told when it was read; the answer is kept while it is written and comes with its file', async () => {
    const caseNumber = await send('viestikoe');
    await department('message', caseNumber, 'Onko teillä todistus? Ohje: https://www.hel.fi/ohje.');
    assert.match(
      await department('show', caseNumber),
      /“Onko teillä todistus\?[^\n]*”\n/,
      'nobody has read it',
    );
    const listed = (await citizen.call('GET', `/api/cases?number=${caseNumber}`)).json().items;
    assert.equal(listed[0].unreadMessages, 1);

    const first = await openCase(caseNumber);
    await first.page.getByRole('link', { name: 'https://www.hel.fi/ohje', exact: true }).waitFor();
    await first.page.getByText('Yksi uusi viesti').waitFor();
    await press(first.page, 'Vastaa');
    await first.page.getByLabel('Vastauksesi').fill('On, liitän sen.');
    await first.page.getByText('Keskeneräinen vastaus on tallennettu.').waitFor();
    assert.match(await department('show', caseNumber), /Onko teillä todistus\?[^\n]*” read \d/);
    await first.context.close();

    // On the phone, in another language.
    const { page, context, complaints } = await openCase(caseNumber, 'phone', 'sv');
    await page.getByText('Ditt oavslutade svar är sparat.').waitFor();
    await press(page, 'Svara');
    const field = page.getByLabel('Ditt svar');
    assert.equal(await field.inputValue(), 'On, liitän sen.');
    await page
      .locator('.case__reply input[type=file]')
      .first()
      .setInputFiles({
        name: 'todistus.pdf',
        mimeType: 'application/pdf',
        buffer: good['a.pdf'] as Buffer,
      });
    await page.locator('.case__reply .file-list li', { hasText: 'todistus.pdf' }).waitFor();
    await page.locator('.case__reply progress').waitFor({ state: 'detached' });
    await assertAccessible(page, 'answering with a file');
    await assertNoSidewaysScroll(page, 'answering with a file');
    await page.locator('.case__reply').getByRole('button', { name: 'Skicka', exact: true }).click();
    await page.locator('.message--own', { hasText: 'todistus.pdf' }).waitFor();
    assert.deepEqual(complaints(), []);
    await context.close();
    assert.match(
      await department('show', caseNumber),
      /citizen {2}message “On, liitän sen.” with todistus.pdf/,
    );
    assert.equal((await citizen.call('GET', `/api/cases/${caseNumber}`)).json().replyDraft, undefined);

    await department('end', caseNumber);
    const ended = await openCase(caseNumber);
    await ended.page.getByText('Virasto on päättänyt keskustelun.').waitFor();
    assert.equal(await ended.page.getByRole('button', { name: 'Vastaa' }).count(), 0);
    await ended.context.close();
  });

  test('a decision is served when it is opened, says how to appeal, and its day goes into a calendar', async () => {
    const caseNumber = await send('viestikoe');
    const day = '2127-01-07';
    await department(
      ...['decide', caseNumber, '--title-fi', 'Lupa', '--appeal-fi', 'Tee oikaisuvaatimus.'],
      ...['--appeal-url', 'https://www.hel.fi/oikaisu', '--appeal-by', day, 'Myönnetään.'],
    );
    assert.equal((await show(caseNumber)).events.at(-1)?.readAt, undefined);
    const { page, context, complaints } = await openCase(caseNumber);
    const decision = page.locator('.case__decision');
    await decision.getByText('Saanut tiedoksi').waitFor();
    await decision.getByText('Tee oikaisuvaatimus.').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      decision.getByRole('link', { name: /^Lisää kalenteriin/ }).click(),
    ]);
    assert.equal(download.suggestedFilename(), `${caseNumber}.ics`);
    await assertAccessible(page, 'a decision');
    assert.deepEqual(complaints(), []);
    await context.close();
    assert.ok(Date.parse((await show(caseNumber)).events.at(-1)?.readAt ?? '') > 0);
    assert.match(await department('show', caseNumber), /appeal by 2127-01-07 .* read \d/);
  });

  test('what was sent is changed in its form; both sides see what differs, field by field; then it is withdrawn', async () => {
    const caseNumber = await send('viestikoe');
    const { page, context, complaints } = await openCase(caseNumber);
    await press(page, 'Muuta tietoja');
    await page.waitForURL(/\/fi\/lomake\/viestikoe\//);
    const field = page.getByLabel(/Lempinimi/);
    await holds(field, 'Musti');
    await field.fill('Murre');
    await page.getByRole('button', { name: 'Seuraava' }).click();
    await press(page, 'Lähetä');
    await page.getByText(`asianumerolla ${caseNumber}`).waitFor();
    await context.close();

    const changed = await openCase(caseNumber);
    const change = changed.page.locator('.case__part', { hasText: 'Tietojen muuttaminen' });
    assert.equal(await change.locator('del').textContent(), 'Musti');
    assert.equal(await change.locator('ins').textContent(), 'Murre');
    await changed.page.locator('.answers').getByText('Murre').waitFor();
    await assertAccessible(changed.page, 'a case that was changed');
    assert.match(await department('show', caseNumber), /\/page\/name: Musti → Murre/);
    assert.equal((await show(caseNumber)).answers.page.name, 'Murre');

    await press(changed.page, 'Peru asia');
    await changed.page.getByRole('dialog').getByRole('button', { name: 'Peru asia' }).click();
    await changed.page.locator('.case__facts').getByText('Peruttu').first().waitFor();
    assert.equal(await changed.page.getByRole('button', { name: 'Muuta tietoja' }).count(), 0);
    assert.deepEqual([...complaints(), ...changed.complaints()], []);
    await changed.context.close();
    const withdrawn = await show(caseNumber);
    assert.deepEqual([withdrawn.status, withdrawn.events.at(-1)?.by], ['cancelled', 'citizen']);
  });

  test('health care’s messages are not here: an official is refused, a citizen is shown the way', async () => {
    const caseNumber = await send('viestikoe-muualla');
    const refused = await command(portal.place, 'department', 'message', caseNumber, 'Hei');
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /messages-elsewhere/);
    const { page, context } = await openCase(caseNumber);
    await page.getByRole('link', { name: 'Siirry terveydenhuollon viestipalveluun' }).waitFor();
    await context.close();
  });
});
