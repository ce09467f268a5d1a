/** A form changes while people are at it: nobody's draft loses an answer unseen, and what was sent stays as it was sent. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser, type Visitor, visit } from '../portal/browser.ts';
import { type Citizen, personWithout, registered } from '../portal/citizen.ts';
import { command } from '../portal/command.ts';
import { portalUnderTest, type RunningPortal } from '../portal/portal.ts';

const folder = mkdtempSync(join(tmpdir(), 'publishing-'));
/** A form of its own each time: the portal may live on. */
const id = `kokeilu-${Date.now().toString(36)}`;
const form = join(folder, id);
let portal: RunningPortal;
let citizen: Citizen;
let browser: Browser;
let visitor: Visitor;

const text = (title: string) => ({ type: 'string', title });
const define = (fields: object, migrations?: unknown): void => {
  mkdirSync(form, { recursive: true });
  const schema = {
    type: 'object',
    title: 'Kokeilu',
    properties: {
      contact: {
        type: 'object',
        title: 'Yhteystiedot',
        properties: fields,
        required: Object.keys(fields).slice(0, 1),
      },
    },
  };
  writeFileSync(join(form, 'schema.json'), JSON.stringify(schema));
  rmSync(join(form, 'migrations.json'), { force: true });
  if (migrations) writeFileSync(join(form, 'migrations.json'), JSON.stringify(migrations));
};

const publish = async (...options: string[]) => {
  const { status, stdout, stderr } = await command(
    portal.place,
    'forms',
    'publish',
    form,
    '--json',
    ...options,
  );
  return { status, answer: JSON.parse(stdout || '{}'), stderr };
};

const answers = { contact: { name: 'Maija Meikäläinen', phone: '040 123 4567' } };
const save = async (version: string, given: object = answers): Promise<string> => {
  const draft = randomUUID();
  const body = { form: id, formVersion: version, language: 'fi', page: 0, answers: given };
  const saved = await citizen.call('PUT', `/api/drafts/${draft}`, body, { 'if-none-match': '*' });
  assert.equal(saved.status, 201, saved.text);
  return draft;
};

before(async () => {
  portal = await portalUnderTest();
  const person = personWithout(0);
  citizen = await registered(portal.place, { person });
  browser = await openBrowser();
  visitor = await visit(browser, 'desktop');
});
after(async () => {
  await browser?.close();
  await portal?.stop();
  rmSync(folder, { recursive: true, force: true });
});

let first = '';
let second = '';
let sent = '';
let draft = '';

test('the first version takes a case and a draft', async () => {
  define({ name: text('Nimi'), phone: text('Puhelin') });
  const { status, answer } = await publish();
  assert.equal(status, 0);
  first = answer.version;
  const submission = { form: id, formVersion: first, language: 'fi', answers };
  const opened = await citizen.call('POST', '/api/cases', submission, { 'idempotency-key': randomUUID() });
  assert.equal(opened.status, 201, opened.text);
  sent = opened.json().caseNumber;
  draft = await save(first);
});

test('another is refused while a draft would lose an answer by it, and told how many and which', async () => {
  define({ name: text('Nimi'), telephone: text('Puhelinnumero') });
  const { status, answer } = await publish();
  assert.equal(status, 1);
  assert.deepEqual(answer.losses, {
    drafts: 1,
    versions: [{ version: first, drafts: 1, fields: [{ pointer: '/contact/phone', drafts: 1 }] }],
  });
  const told = await command(portal.place, 'forms', 'publish', form);
  assert.match(told.stderr, /1 of 1 drafts of version .*: \/contact\/phone/);
  assert.doesNotMatch(told.stdout + told.stderr + JSON.stringify(answer), /Maija|040 123/);
  assert.equal((await citizen.call('GET', `/api/forms/${id}`)).json().version, first);
});

test('with a migration it is published, and the draft goes on in it with its answers moved', async () => {
  const steps = [{ rename: '/contact/phone', to: 'telephone' }];
  define({ name: text('Nimi'), telephone: text('Puhelinnumero') }, [{ from: first, steps }]);
  const { status, answer } = await publish();
  assert.equal(status, 0);
  second = answer.version;
  await visitor.context.addCookies(
    [...citizen.cookies].map(([name, value]) => ({
      name,
      value,
      domain: 'localhost',
      path: '/',
      secure: true,
      httpOnly: true,
    })),
  );
  await visitor.page.goto(`${portal.place.url}/fi/lomake/${id}/?draft=${draft}`);
  await visitor.page.getByText('Lomaketta on muutettu').waitFor();
  assert.equal(await visitor.page.getByLabel('Puhelinnumero').inputValue(), '040 123 4567');
  assert.equal(await visitor.page.getByLabel(/^Nimi/).inputValue(), 'Maija Meikäläinen');
});

test('what was sent is shown under the version it was sent with, for ever', async () => {
  define({ name: text('Nimi') });
  const given = await publish('--drop-fields');
  assert.equal(given.status, 0, given.stderr);
  assert.equal((await citizen.call('GET', `/api/forms/${id}`)).json().version, given.answer.version);
  assert.equal((await citizen.call('GET', `/api/cases/${sent}`)).json().formVersion, first);
  await visitor.page.goto(`${portal.place.url}/fi/asiointikansio/${sent}/`);
  const answersShown = visitor.page.locator('.answers').first();
  await answersShown.waitFor();
  assert.match((await answersShown.textContent()) ?? '', /Puhelin040 123 4567/);
  for (const version of [first, second])
    assert.equal((await citizen.call('GET', `/api/forms/${id}?version=${version}`)).status, 200);
});
