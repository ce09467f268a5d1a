/** A form that takes files, somebody who sends them, and the department that fetches them. */
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { after, before } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { typeOfName } from '../../lambdas/domain/file-types.ts';
import { type Control, controlIn } from '../../lib/local/control.ts';
import { eicar } from '../../lib/local/engines/scanner.ts';
import { bad, good } from '../attachments/files.ts';
import { openBrowser, visit, type widths } from './browser.ts';
import { type Citizen, departmentToken, giveSession, nobody, personWithout, registered } from './citizen.ts';
import { command } from './command.ts';
import { portalUnderTest, type RunningPortal } from './portal.ts';
import { publishForm, said, trialForm } from './trial-form.ts';

export const form = 'liitekoe';
const files = trialForm({
  title: said('Liitekoe', 'Bilageprov', 'Attachment trial'),
  page: {
    title: said('Liitteet', 'Bilagor', 'Attachments'),
    properties: {
      papers: { type: 'object', title: 'papers.title' },
      picture: { type: 'object', title: 'picture.title' },
    },
  },
  uiSchema: {
    papers: { 'ui:field': 'atvFile', 'misc:multiple': 'true', 'misc:variant': 'simple' },
    picture: {
      'ui:field': 'atvFile',
      'misc:variant': 'simple',
      'ui:options': { accept: '.jpg,.png', maxMegabytes: 0.001 },
    },
  },
  settings: { applicants: ['person'], attachmentsAfterSending: true },
  texts: {
    'papers.title': said('Paperit', 'Papper', 'Papers'),
    'picture.title': said('Kuva', 'Bild', 'Picture'),
  },
});

export const pdf = good['a.pdf'] as Buffer;
export const virus = Buffer.from(`%PDF-1.4\n${eicar}`);
export const exeShape = (): Buffer => bad['exe.pdf']?.bytes ?? Buffer.alloc(0);
export const inBrowser = (name: string, buffer: Buffer) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer,
});
export const line = (page: Page, name: string) => page.locator('.file-list li', { hasText: name });
export const shows = (page: Page, name: string, text: string | RegExp) =>
  line(page, name).getByText(text).waitFor();
export const spoken = (page: Page, text: string | RegExp) =>
  page.locator('[aria-live=polite].visually-hidden', { hasText: text }).waitFor({ state: 'attached' });
export const announced = (name: string, bytes: Buffer) => ({
  name,
  size: bytes.length,
  type: typeOfName(name),
  sha256: createHash('sha256').update(bytes).digest('hex'),
});
export const drop = async (page: Page, selector: string, ...dropped: readonly [string, Buffer][]) => {
  await page.locator('.file-picker__drop:not(.file-picker__drop--soon)').first().waitFor();
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

export const until = async <Value>(
  look: () => Promise<Value>,
  is: (value: Value) => boolean,
): Promise<Value> => {
  for (let tries = 0; tries < 150; tries += 1) {
    const value = await look();
    if (is(value)) return value;
    await pause(100);
  }
  assert.fail('it never came');
};

/** For all tests of a file. The form is there, and what is begun in it is gone afterwards. */
export const attachmentRoom = () => {
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
    await publishForm(portal.place, form, files);
    citizen = await registered(portal.place, { person: personWithout(0) });
    token = await departmentToken(portal.place, 'local-department', 'local-secret');
  });
  after(async () => {
    await control.scanner('scan');
    await command(portal.place, 'clock', 'now');
    await removeDrafts();
    await browser.close();
    await portal.stop();
  });

  const signIn = (context: BrowserContext) => giveSession(portal.place, context, citizen);
  const arrive = async (width: keyof typeof widths, path: string) => {
    const visitor = await visit(browser, width);
    await signIn(visitor.context);
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
  const department = (method: string, path: string, body?: unknown) =>
    nobody(portal.place).call(method, `/api/department/v1${path}`, body, {
      authorization: `Bearer ${token}`,
      'x-purpose': 'Liitekoe',
      'idempotency-key': randomUUID(),
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

  return {
    ...{ signIn, arrive, removeDrafts, openForm, department, put, care, send, shownBy },
    get portal() {
      return portal;
    },
    get browser() {
      return browser;
    },
    get control() {
      return control;
    },
    get citizen() {
      return citizen;
    },
  };
};
