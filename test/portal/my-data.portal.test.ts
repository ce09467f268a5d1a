import assert from 'node:assert/strict';
import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { people } from '../../lib/local/engines/identity/people.ts';
import { type Citizen, departmentToken, nobody, registered } from './citizen.ts';
import { command, commandJson } from './command.ts';
import { dogForm, secrets } from './content.ts';
import { lambdaLog, portalUnderTest, type RunningPortal } from './portal.ts';

let portal: RunningPortal;
let folder: string;
let owner: Citizen;
let stranger: Citizen;
let caseNumber: string;
const [first, second] = people.filter(person => person.organisations.length === 0);

before(async () => {
  portal = await portalUnderTest();
  folder = mkdtempSync(join(tmpdir(), 'my-data-'));
  assert.ok(first && second);
  owner = await registered(portal.place, { person: first.id });
  stranger = await registered(portal.place, { person: second.id });
  caseNumber = await sentDog();
  await message(caseNumber);
});
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await portal.stop();
});

const sentDog = async (): Promise<string> => {
  const submission = dogForm.submission(await dogForm.version(owner));
  const sent = await owner.call('POST', '/api/cases', submission, { 'idempotency-key': randomUUID() });
  assert.equal(sent.status, 201, sent.text);
  return sent.json().caseNumber;
};

const question = 'Onko koira <b>rokotettu</b>?';
const message = async (number: string): Promise<void> => {
  const token = await departmentToken(portal.place, 'local-department', 'local-secret');
  const body = { type: 'message', text: question };
  const sent = await nobody(portal.place).call('POST', `/api/department/v1/cases/${number}/events`, body, {
    ...{ authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() },
  });
  assert.equal(sent.status, 201, sent.text);
};

/** As bytes: a zip is no text. */
const bytes = async (citizen: Citizen, path: string): Promise<Response> =>
  fetch(portal.place.url + path, {
    headers: { cookie: [...citizen.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
  });

const saved = (name: string, content: Uint8Array): string => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};

test('a whole case is taken along, in one’s own language, and every file of it can be checked', async () => {
  for (const [language, name, words] of [
    ['fi', 'asia', 'Lomakkeen tiedot'],
    ['sv', 'arende', 'Uppgifter i blanketten'],
    ['en', 'case', 'Details of the form'],
  ] as const) {
    const answer = await bytes(owner, `/api/cases/${caseNumber}/bundle?language=${language}`);
    assert.equal(answer.status, 200);
    assert.equal(
      answer.headers.get('content-disposition'),
      `attachment; filename="${name}-${caseNumber}.zip"`,
    );
    const zip = new Uint8Array(await answer.arrayBuffer());
    const files = unzipSync(zip);
    const page = strFromU8(files[`${name}-${caseNumber}/${name}.html`] ?? new Uint8Array());
    for (const shown of [caseNumber, secrets.dog, words, '&lt;b>rokotettu&lt;/b>'])
      assert.ok(page.includes(shown), shown);
    assert.doesNotMatch(page, /<script|<img|<link/);
    if (language !== 'fi') continue;
    const checked = await commandJson<Record<string, unknown>>(
      portal.place,
      'verify',
      saved('whole.zip', zip),
    );
    assert.deepEqual([checked.valid, checked.files, checked.caseNumber], [true, true, caseNumber]);
    const changed = zipSync({ ...files, [`${name}-${caseNumber}/case.json`]: strToU8('{}') });
    assert.equal((await command(portal.place, 'verify', saved('changed.zip', changed))).status, 1);
  }
  assert.equal((await bytes(stranger, `/api/cases/${caseNumber}/bundle`)).status, 404);
  assert.equal((await bytes(owner, `/api/cases/${caseNumber}/bundle?language=de`)).status, 400);
});

test('all of one’s data is taken along; a dry run of its deletion says what goes and leaves all of it', async () => {
  const taken = async () => (await owner.call('GET', '/api/profile/export')).json();
  const before = await taken();
  assert.equal(before.profile.name, `${first?.givenName} ${first?.familyName}`);
  const own = before.cases.find((one: { caseNumber: string }) => one.caseNumber === caseNumber);
  assert.equal(own.events.at(-1).text, question);
  const page = await owner.call('GET', '/api/profile/export?as=html&language=en');
  assert.ok(page.text.includes(caseNumber) && page.text.includes('My data in the e-services'));
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'; style-src 'sha256-/);

  const dry = await owner.call('DELETE', '/api/profile?dryRun=true');
  assert.equal(dry.status, 200, dry.text);
  const kept = dry.json().keeps.find(({ code }: { code: string }) => code === 'CASE_IN_PROGRESS');
  assert.ok(kept.caseNumbers.includes(caseNumber));
  for (const language of ['fi', 'sv', 'en']) assert.ok(kept.message[language]);
  const { profile, cases } = await taken();
  assert.deepEqual(profile, before.profile);
  assert.ok(cases.length >= before.cases.length);
  assert.ok(!lambdaLog(portal.place).includes('rokotettu'));
});

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** What the issuer here would sign for the city's profile system. */
const profileToken = (sub: string, scope: string): string => {
  const { jwk } = JSON.parse(readFileSync(join(portal.place.data, 'identity.json'), 'utf8'));
  // Other tests move the clock by hours.
  const exp = Math.floor(Date.now() / 1000) + 24 * 3600;
  const authorization = { permissions: [{ scopes: [scope] }] };
  const claims = {
    iss: portal.place.identityUrl,
    aud: 'asiointi-gdpr',
    sub,
    loa: 'substantial',
    authorization,
  };
  const input = `${encoded({ alg: 'RS256', kid: jwk.kid })}.${encoded({ ...claims, exp })}`;
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`;
};

test('the city’s profile system is answered by its own contract', async () => {
  const id = first?.id ?? '';
  const ask = (method: string, query = '', scope = method === 'GET' ? 'gdprquery' : 'gdprdelete', who = id) =>
    nobody(portal.place).call(method, `/gdpr-api/v1/profiles/${who}${query}`, undefined, {
      ...{ authorization: `Bearer ${profileToken(who, scope)}`, origin: 'https://profile.example' },
    });
  const all = await ask('GET');
  assert.equal(all.status, 200, all.text);
  assert.equal(all.json().key, 'ASIOINTI');
  assert.ok(all.text.includes(caseNumber));
  for (const query of ['?dry_run=true', '']) {
    const refused = await ask('DELETE', query);
    assert.equal(refused.status, 403, refused.text);
    assert.equal(refused.json().errors[0].code, 'CASE_IN_PROGRESS');
    assert.match(refused.json().errors[0].message.fi, /arkistolaki/);
  }
  assert.equal((await owner.call('GET', `/api/cases/${caseNumber}`)).status, 200);
  const unknown = randomUUID();
  assert.equal((await ask('GET', '', 'gdprquery', unknown)).status, 204);
  assert.equal((await ask('DELETE', '', 'gdprdelete', unknown)).status, 204);
  assert.equal((await ask('DELETE', '', 'gdprquery')).status, 401);
});
