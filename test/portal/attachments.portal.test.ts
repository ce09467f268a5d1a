import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { typeOfName } from '../../lambdas/domain/file-types.ts';
import { type Control, controlIn } from '../../lib/local/control.ts';
import { people } from '../../lib/local/engines/identity/people.ts';
import { eicar } from '../../lib/local/engines/scanner.ts';
import { bad, good } from '../attachments/files.ts';
import { assertAccessible, assertNoSidewaysScroll, openBrowser, visit, type widths } from './browser.ts';
import { type Citizen, departmentToken, nobody, personWithout, registered } from './citizen.ts';
import { command, commandJson } from './command.ts';
import { portalUnderTest, type RunningPortal } from './portal.ts';

const form = 'liitekoe';
const said = (fi: string, sv: string, en: string) => ({ fi, sv, en });
const files = {
  'schema.json': {
    type: 'object',
    title: 'form.title',
    properties: {
      page: {
        type: 'object',
        title: 'page.title',
        properties: {
          papers: { type: 'object', title: 'papers.title' },
          picture: { type: 'object', title: 'picture.title' },
        },
      },
    },
  },
  'uiSchema.json': {
    page: {
      papers: { 'ui:field': 'atvFile', 'misc:multiple': 'true', 'misc:variant': 'simple' },
      picture: {
        'ui:field': 'atvFile',
        'misc:variant': 'simple',
        'ui:options': { accept: '.jpg,.png', maxMegabytes: 0.001 },
      },
    },
  },
  'settings.json': { applicants: ['person'], attachmentsAfterSending: true },
  'translation.json': {
    translations: {
      'form.title': said('Liitekoe', 'Bilageprov', 'Attachment trial'),
      'page.title': said('Liitteet', 'Bilagor', 'Attachments'),
      'papers.title': said('Paperit', 'Papper', 'Papers'),
      'picture.title': said('Kuva', 'Bild', 'Picture'),
    },
  },
};

const pdf = good['a.pdf'] as Buffer;
const virus = Buffer.from(`%PDF-1.4\n${eicar}`);
const inBrowser = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });

describe('attachments', () => {
  const forms = mkdtempSync(join(tmpdir(), 'liitekoe-'));
  let portal: RunningPortal;
  let browser: Browser;
  let control: Control;
  let citizen: Citizen;
  let token: string;

  before(async () => {
    portal = await portalUnderTest();
    const found = controlIn(portal.place.data);
    assert.ok(found);
    control = found;
    browser = await openBrowser();
    mkdirSync(join(forms, form));
    for (const [name, content] of Object.entries(files))
      writeFileSync(join(forms, form, name), JSON.stringify(content));
    const published = await command(portal.place, 'forms', 'publish', join(forms, form));
    assert.equal(published.status, 0, published.stdout + published.stderr);
    citizen = await registered(portal.place, { person: personWithout(0) });
    token = await departmentToken(portal.place, 'local-department', 'local-secret');
  });
  after(async () => {
    await control.scanner('scan');
    await command(portal.place, 'clock', 'now');
    await removeDrafts();
    await browser.close();
    await portal.stop();
    rmSync(forms, { recursive: true });
  });

  const arrive = async (width: keyof typeof widths, path: string) => {
    const visitor = await visit(browser, width);
    const url = portal.place.url.replace('http:', 'https:');
    await visitor.context.addCookies(
      [...citizen.cookies].map(([name, value]) => ({ name, value, url, secure: name.startsWith('__Host-') })),
    );
    await visitor.page.goto(`${portal.place.url}${path}`);
    return visitor;
  };
  const removeDrafts = async () => {
    for (const { id, form: of } of (await citizen.call('GET', '/api/drafts')).json().items)
      if (of === form) await citizen.call('DELETE', `/api/drafts/${id}`);
  };
  const openForm = async (width: keyof typeof widths, path = `/fi/lomake/${form}/`) => {
    // One begun before would be offered first.
    await removeDrafts();
    const visitor = await arrive(width, path);
    await visitor.page.locator('.file-picker').first().waitFor();
    return visitor;
  };
  const line = (page: Page, name: string) => page.locator('.file-list li', { hasText: name });
  const shows = (page: Page, name: string, text: string | RegExp) =>
    line(page, name).getByText(text).waitFor();
  const spoken = (page: Page, text: string | RegExp) =>
    page.locator('[aria-live=polite].visually-hidden', { hasText: text }).waitFor({ state: 'attached' });
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

  const drop = async (page: Page, selector: string, ...dropped: readonly [string, Buffer][]) => {
    const transfer = await page.evaluateHandle(
      given => {
        const data = new DataTransfer();
        for (const [name, bytes] of given) data.items.add(new File([new Uint8Array(bytes)], name));
        return data;
      },
      dropped.map(([name, bytes]) => [name, [...bytes]] as const),
    );
    for (const type of ['dragenter', 'dragover', 'drop'])
      await page.locator(selector).first().dispatchEvent(type, { dataTransfer: transfer });
  };

  const department = (method: string, path: string, body?: unknown) =>
    nobody(portal.place).call(method, `/api/department/v1${path}`, body, {
      authorization: `Bearer ${token}`,
      'x-purpose': 'Liitekoe',
      'idempotency-key': randomUUID(),
    });
  const announced = (name: string, bytes: Buffer) => ({
    name,
    size: bytes.length,
    type: typeOfName(name),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
  const put = async (upload: { url: string; fields: Record<string, string> }, bytes: Buffer) => {
    const body = new FormData();
    for (const [field, value] of Object.entries(upload.fields)) body.append(field, value);
    body.append('file', new Blob([new Uint8Array(bytes)]));
    return (await fetch(upload.url, { method: 'POST', body })).status;
  };
  const papersOf = (...ids: readonly [string, string][]) => ({
    page: {
      papers: { files: ids.map(([id, fileName]) => ({ integrationID: id, fileName, fileType: 0, size: 1 })) },
    },
  });
  /** One run of the schedule; one that a busy machine made fail is followed by another, as there. */
  const care = async () =>
    (await control.invoke('attachments-care', {}).catch(() => undefined)) as
      | { scannedAgain: number; removed: number }
      | undefined;
  /** A form that was sent with the files, without a browser. */
  const send = async (...wanted: readonly [string, Buffer][]) => {
    const { version } = (await citizen.call('GET', `/api/forms/${form}`)).json();
    const draft = randomUUID();
    const content = { form, formVersion: version, language: 'fi', answers: {} };
    await citizen.call('PUT', `/api/drafts/${draft}`, { ...content, page: 0 }, { 'if-none-match': '*' });
    const ids: [string, string][] = [];
    for (const [name, bytes] of wanted) {
      const body = { ...announced(name, bytes), field: '/page/papers' };
      const answer = await citizen.call('POST', `/api/drafts/${draft}/attachments`, body);
      assert.equal(answer.status, 201, answer.text);
      const { attachment, upload } = answer.json();
      assert.equal(await put(upload, bytes), 204);
      ids.push([attachment.id, name]);
    }
    const sent = await citizen.call(
      'POST',
      '/api/cases',
      { ...content, answers: papersOf(...ids) },
      { 'idempotency-key': draft },
    );
    assert.equal(sent.status, 201, sent.text);
    return { caseNumber: sent.json().caseNumber as string, ids: ids.map(([id]) => id) };
  };
  const shownBy = async (caseNumber: string) => (await department('GET', `/cases/${caseNumber}`)).json();
  const until = async <Value>(look: () => Promise<Value>, is: (value: Value) => boolean): Promise<Value> => {
    for (let tries = 0; tries < 150; tries += 1) {
      const value = await look();
      if (is(value)) return value;
      await pause(100);
    }
    assert.fail('it never came');
  };

  test('are dropped, chosen by keyboard, judged by their content, and shown on their way', async () => {
    const { page, context, complaints } = await openForm('desktop');
    await assertAccessible(page, 'a field for files');
    const shape = exeShape();
    await drop(
      page,
      '.file-picker',
      ['kartta.pdf', pdf],
      ['lasku.pdf', shape],
      ['ohje.txt', good['a.txt'] as Buffer],
    );
    await shows(page, 'lasku.pdf', 'Tiedoston nimi päättyy .pdf, mutta sen sisältö on jotain muuta.');
    await spoken(page, 'ohje.txt on ladattu').catch(() => undefined);
    await shows(page, 'kartta.pdf', 'Tarkistettu');
    await shows(page, 'ohje.txt', 'Tarkistettu');
    await assertAccessible(page, 'files that have arrived, and one that was refused');
    await line(page, 'lasku.pdf').getByRole('button', { name: 'Poista' }).click();
    await page.locator('input[type=file]:focus').first().waitFor();
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.locator('input[type=file]:not([capture])').first().press('Enter'),
    ]);
    assert.equal(chooser.isMultiple(), true);
    await chooser.setFiles([inBrowser('tyhja.pdf', Buffer.alloc(0)), inBrowser('ohjelma.exe', shape)]);
    await shows(page, 'tyhja.pdf', 'Tiedosto on tyhjä.');
    await shows(page, 'ohjelma.exe', 'Tällaista tiedostoa ei voi liittää.');
    // A field of its own limits: pictures of at most a kilobyte.
    const picture = page.locator('input[type=file]:not([capture])').nth(1);
    await picture.setInputFiles(
      inBrowser('iso.png', Buffer.concat([good['a.png'] as Buffer, Buffer.alloc(2000)])),
    );
    await shows(page, 'iso.png', 'Suurin koko on 1 kt');
    await picture.setInputFiles(inBrowser('kuva.pdf', pdf));
    await shows(page, 'kuva.pdf', 'Tällaista tiedostoa ei voi liittää.');
    // Beside the place for it, a file does not take the page away.
    await drop(page, 'h1', ['ohi.pdf', pdf]);
    assert.equal(await line(page, 'ohi.pdf').count(), 0);
    assert.deepEqual(complaints(), []);
    await context.close();
  });

  test('start again by themselves when the connection breaks, and stop when they are told to', async () => {
    const { page, context } = await openForm('phone');
    let broken = 2;
    let held: (() => void) | undefined;
    const isUpload = (url: URL) => url.port !== String(portal.place.port) && url.hostname === '127.0.0.1';
    await page.route(isUpload, async route => {
      if (route.request().method() !== 'POST') return route.continue();
      if (broken > 0) {
        broken -= 1;
        return route.abort('connectionreset');
      }
      if (broken < 0) await new Promise<void>(resolve => (held = resolve));
      return route.continue().catch(() => undefined);
    });
    const input = page.locator('input[type=file]').first();
    await input.setInputFiles(inBrowser('matka.pdf', pdf));
    await shows(page, 'matka.pdf', 'Yhteys katkesi. Yritetään uudelleen…');
    await spoken(page, 'matka.pdf: yhteys katkesi');
    await assertAccessible(page, 'an interrupted file');
    await shows(page, 'matka.pdf', 'Tarkistettu');
    assert.equal(broken, 0);

    // Without a network it waits, and goes on at once when that is back.
    await context.setOffline(true);
    await input.setInputFiles(inBrowser('tunneli.pdf', pdf));
    await shows(page, 'tunneli.pdf', 'Yhteys katkesi. Yritetään uudelleen…');
    await context.setOffline(false);
    await shows(page, 'tunneli.pdf', 'Ladattu');

    broken = -1;
    await input.setInputFiles(inBrowser('turha.pdf', pdf));
    await until(async () => held !== undefined, Boolean);
    await line(page, 'turha.pdf').locator('progress').waitFor();
    await assertAccessible(page, 'a file being sent');
    await assertNoSidewaysScroll(page, 'files on a phone');
    await line(page, 'turha.pdf').getByRole('button', { name: 'Peruuta' }).click();
    assert.equal(await line(page, 'turha.pdf').count(), 0);
    held?.();
    await context.close();
  });

  test('are photographed where a hand holds the camera', async () => {
    await removeDrafts();
    const context = await browser.newContext({
      ...{ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
      locale: 'fi-FI',
    });
    const url = portal.place.url.replace('http:', 'https:');
    await context.addCookies(
      [...citizen.cookies].map(([name, value]) => ({ name, value, url, secure: name.startsWith('__Host-') })),
    );
    const page = await context.newPage();
    await page.goto(`${portal.place.url}/fi/lomake/${form}/`);
    await page.getByText('Ota kuva').first().waitFor();
    assert.equal(await page.getByText('tai raahaa tiedostot tähän').first().isVisible(), false);
    const camera = page.locator('input[capture=environment][accept="image/*"]').first();
    await camera.setInputFiles(inBrowser('1000012345', good['a.jpg'] as Buffer));
    // A picture without a name of its kind gets one.
    await shows(page, '1000012345.jpg', 'Tarkistettu');
    await assertAccessible(page, 'a camera');
    await context.close();
  });

  test('are handed over only once they were found clean; the department’s fetching is the citizen’s to see', async () => {
    await control.scanner('hold');
    const { caseNumber, ids } = await send(['kartta.pdf', pdf]);
    const path = `/cases/${caseNumber}/attachments/${ids[0]}`;
    const early = await department('GET', path);
    assert.deepEqual([early.status, early.json().type], [409, '/problems/attachment-not-scanned']);
    await control.scanner('scan');
    await until(
      () => shownBy(caseNumber),
      ({ attachments }) => attachments[0].scan === 'clean',
    );
    const released = await department('GET', path);
    assert.equal(released.status, 302);
    const location = released.headers.get('location') ?? '';
    assert.ok(!location.includes('kartta'));
    assert.deepEqual(Buffer.from(await (await fetch(location)).arrayBuffer()), pdf);
    const { page, context } = await arrive('desktop', `/fi/asiointikansio/${caseNumber}/`);
    await shows(page, 'kartta.pdf', 'Vastaanotettu');
    await assertAccessible(page, 'a case with a file that was received');
    await context.close();
  });

  test('with malware are never delivered: the case says so, and so does the digest', async () => {
    await control.scanner('hold');
    const { caseNumber, ids } = await send(['lasku.pdf', virus], ['kartta.pdf', pdf]);
    await control.scanner('scan');
    const shown = await until(
      () => shownBy(caseNumber),
      ({ events }) => events.length > 1,
    );
    assert.deepEqual(
      shown.attachments.map(({ name, scan, state }: Record<string, string>) => `${name} ${scan} ${state}`)[0],
      'lasku.pdf infected refused',
    );
    const event = shown.events.at(-1);
    assert.deepEqual([event.type, event.why, event.by], ['attachment-refused', 'infected', 'portal']);
    const refused = await department('GET', `/cases/${caseNumber}/attachments/${ids[0]}`);
    assert.deepEqual([refused.status, refused.json().why], [410, 'infected']);
    const { items } = (await citizen.call('GET', `/api/cases?number=${caseNumber}`)).json();
    assert.equal(items[0].isNew, true);
    const { page, context } = await arrive('phone', `/fi/asiointikansio/${caseNumber}/`);
    await page.getByText('Liite lasku.pdf poistettiin, koska siitä löytyi haittaohjelma.').waitFor();
    await shows(page, 'lasku.pdf', /haittaohjelma/);
    await assertAccessible(page, 'a case with a file that was refused');
    await context.close();
  });

  test('called what they are not are found out on the server too', async () => {
    const { caseNumber, ids } = await send(['ohje.pdf', exeShape()]);
    await until(
      () => shownBy(caseNumber),
      ({ attachments }) => attachments[0].scan === 'wrong-type',
    );
    assert.equal((await department('GET', `/cases/${caseNumber}/attachments/${ids[0]}`)).status, 410);
  });

  test('whose scan is lost are scanned again by the schedule', async () => {
    await control.scanner('lose');
    const { caseNumber } = await send(['kartta.pdf', pdf]);
    await pause(200);
    await control.scanner('scan');
    assert.equal((await shownBy(caseNumber)).attachments[0].scan, 'pending');
    await command(portal.place, 'clock', '+25m');
    await until(care, done => (done?.scannedAgain ?? 0) >= 1);
    await until(
      () => shownBy(caseNumber),
      ({ attachments }) => attachments[0].scan === 'clean',
    );
    await command(portal.place, 'clock', 'now');
  });

  test('of a deleted draft are removed', async () => {
    const draft = randomUUID();
    const { version } = (await citizen.call('GET', `/api/forms/${form}`)).json();
    const content = { form, formVersion: version, language: 'fi', answers: {}, page: 0 };
    await citizen.call('PUT', `/api/drafts/${draft}`, content, { 'if-none-match': '*' });
    const body = { ...announced('kartta.pdf', pdf), field: '/page/papers' };
    const { attachment, upload } = (
      await citizen.call('POST', `/api/drafts/${draft}/attachments`, body)
    ).json();
    assert.equal(await put(upload, pdf), 204);
    const states = async () => (await citizen.call('GET', `/api/drafts/${draft}/attachments`)).json().items;
    await until(states, items => items[0]?.state === 'checked');
    await citizen.call('DELETE', `/api/drafts/${draft}`);
    await until(care, done => (done?.removed ?? 0) >= 1);
    assert.ok(attachment.id);
  });

  test('are added to a sent case: the department hears of them once they are clean', async () => {
    const { caseNumber } = await send(['kartta.pdf', pdf]);
    const { page, context, complaints } = await arrive('desktop', `/fi/asiointikansio/${caseNumber}/`);
    const picker = page.locator('.file-picker input[type=file]').first();
    await picker.waitFor({ state: 'attached' });
    await picker.setInputFiles([inBrowser('lisa.pdf', pdf), inBrowser('vaara.pdf', virus)]);
    await shows(page, 'lisa.pdf', 'Tarkistettu');
    await shows(page, 'vaara.pdf', /haittaohjelma/);
    assert.equal((await shownBy(caseNumber)).events.length, 1, 'nothing is told before it is sent');
    await assertAccessible(page, 'files for a sent case');
    await assertNoSidewaysScroll(page, 'files for a sent case');
    await press(page, 'Lähetä liitteet');
    await spoken(page, 'Liite on lähetetty.');
    const shown = await until(
      () => shownBy(caseNumber),
      ({ events }) => events.length > 1,
    );
    assert.deepEqual(
      [shown.events.length, shown.events[1].type, shown.events[1].by, shown.revision],
      [2, 'attachment', 'citizen', 2],
    );
    const added = shown.attachments.find(({ name }: { name: string }) => name === 'lisa.pdf');
    assert.equal((await department('GET', `/cases/${caseNumber}/attachments/${added.id}`)).status, 302);
    await page.getByText('Lisättiin liite lisa.pdf').waitFor();
    const { items } = (await citizen.call('GET', `/api/cases?number=${caseNumber}`)).json();
    assert.equal(items[0].isNew, false, 'one’s own act is not new to oneself');
    assert.deepEqual(complaints(), []);
    await context.close();
  });

  test('are added to no case that is over, and to no other than one’s own', async () => {
    const { caseNumber } = await send();
    const stranger = await registered(portal.place, { person: otherPerson() });
    const path = `/api/cases/${caseNumber}/attachments`;
    assert.equal((await stranger.call('POST', path, announced('a.pdf', pdf))).status, 404);
    assert.equal((await stranger.call('GET', path)).status, 404);
    assert.equal((await citizen.call('POST', path, announced('a.pdf', pdf))).status, 201);
    await department('POST', `/cases/${caseNumber}/events`, { type: 'status', status: 'closed' });
    const late = await citizen.call('POST', path, announced('a.pdf', pdf));
    assert.deepEqual([late.status, late.json().type], [409, '/problems/attachments-not-taken']);
    assert.equal((await citizen.call('GET', `/api/cases/${caseNumber}`)).json().canAttach, false);
  });

  test('speak every language', async () => {
    for (const [path, words] of [
      [`/sv/blankett/${form}/`, ['Välj filer', 'Kontrollerad', 'Ta bort']],
      [`/en/form/${form}/`, ['Choose files', 'Checked', 'Remove']],
    ] as const) {
      const { page, context } = await openForm('phone', path);
      await page.locator('input[type=file]').first().setInputFiles(inBrowser('kartta.pdf', pdf));
      await page.getByText(words[0], { exact: true }).waitFor();
      await shows(page, 'kartta.pdf', words[1]);
      await line(page, 'kartta.pdf').getByRole('button', { name: words[2] }).waitFor();
      await assertAccessible(page, path);
      await context.close();
    }
  });

  test('were seen by the command line as well', async () => {
    const { caseNumber } = await send(['kartta.pdf', pdf]);
    const shown = await commandJson<{ attachments: { scan: string }[] }>(
      portal.place,
      'department',
      'show',
      caseNumber,
    );
    assert.equal(shown.attachments.length, 1);
  });
});

const exeShape = (): Buffer => bad['exe.pdf']?.bytes ?? Buffer.alloc(0);

/** Somebody whom no other test needs as a newcomer. */
const otherPerson = (): string =>
  people.find(({ language, organisations }) => language === 'sv' && organisations.length === 0)?.id ?? '';
