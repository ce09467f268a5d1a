import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { people } from '../../lib/local/engines/identity/people.ts';
import { type Citizen, departmentToken, nobody, registered } from './citizen.ts';
import { command, commandJson, mailbox } from './command.ts';
import { consentForm, dogForm, secrets } from './content.ts';
import { lambdaLog, portalUnderTest, type RunningPortal } from './portal.ts';
import { publishForm, said, trialForm } from './trial-form.ts';

let portal: RunningPortal;
let folder: string;
let token: string;
const persons = people.filter(person => person.organisations.length === 0);

const citizen = (index: number): Promise<Citizen> => {
  const person = persons[index];
  assert.ok(person);
  return registered(portal.place, { person: person.id });
};

before(async () => {
  portal = await portalUnderTest();
  folder = mkdtempSync(join(tmpdir(), 'receipts-'));
  token = await departmentToken(portal.place, 'local-department', 'local-secret');
});
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await portal.stop();
});

const department = (method: string, path: string) =>
  nobody(portal.place).call(method, `/api/department/v1${path}`, method === 'GET' ? undefined : {}, {
    authorization: `Bearer ${token}`,
    'x-purpose': 'Testi',
  });

const send = async (who: Citizen, submission: object) => {
  const sent = await who.call('POST', '/api/cases', submission, { 'idempotency-key': randomUUID() });
  assert.equal(sent.status, 201, sent.text);
  return sent.json();
};

const receipt = async (who: Citizen, caseNumber: string, query = '') => {
  const answer = await who.call('GET', `/api/cases/${caseNumber}/receipt${query}`);
  assert.equal(answer.status, 200, answer.text);
  return answer;
};

const save = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

const verify = (...args: string[]) => command(portal.place, 'verify', ...args);

test('a receipt can be printed, kept and checked', async () => {
  const owner = await citizen(0);
  const { caseNumber } = await send(owner, dogForm.submission(await dogForm.version(owner)));
  const page = await receipt(owner, caseNumber, '?download=1');
  assert.match(page.headers.get('content-disposition') ?? '', /^attachment; filename="kuitti-HEL-.*\.html"$/);
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'; style-src 'sha256-/);
  for (const shown of [caseNumber, secrets.dog, 'Kuitti lähetetystä lomakkeesta', 'Koirailmoitus'])
    assert.ok(page.text.includes(shown), shown);
  const english = await receipt(owner, caseNumber, '?language=en');
  for (const shown of ['Receipt for a form you sent', 'Dog notification'])
    assert.ok(english.text.includes(shown));

  const holds = await verify(save('receipt.html', page.text));
  assert.match(holds.stdout, /signature holds, content holds, page holds, number holds\.\n$/);
  assert.equal(holds.status, 0, holds.stderr);
  const changed = await verify(save('changed.html', page.text.replaceAll(secrets.dog, 'Rekku')));
  assert.equal(changed.status, 1);
  assert.match(changed.stdout, /page DOES NOT HOLD/);

  const file = await receipt(owner, caseNumber, '?as=json');
  const checked = await commandJson<Record<string, unknown>>(
    portal.place,
    'verify',
    save('receipt.json', file.text),
  );
  assert.deepEqual(
    [checked.valid, checked.caseNumber, checked.content, checked.keys],
    [true, caseNumber, true, 'published'],
  );
  const keys = await nobody(portal.place).call('GET', '/.well-known/jwks.json');
  assert.ok(keys.json().keys.some((key: { kid: string }) => key.kid === checked.kid));
  const offline = await verify(save('receipt.json', file.text), '--keys', save('keys.json', keys.text));
  assert.equal(offline.status, 0, offline.stderr);

  assert.equal((await verify(save('foreign.json', file.text), '--keys', save('none.json', '{}'))).status, 2);
  assert.equal((await verify(save('other.txt', 'no receipt'))).status, 2);
  const other = await (await citizen(1)).call('GET', `/api/cases/${caseNumber}/receipt`);
  assert.equal(other.status, 404);
});

const dental = {
  form: 'suun-terveydenhuollon-esitiedot',
  language: 'fi',
  answers: {
    visit: { reason: { reason: 'reason.pain', since: 'Salainen-särky', fear: false } },
    health: { health: { illness: false, medicine: false } },
  },
};

test('a health form asks for the consent form first; it is delivered once, and nothing of it stays', async () => {
  const patient = await citizen(2);
  const form = (await patient.call('GET', `/api/forms/${dental.form}`)).json();
  const submission = { ...dental, formVersion: form.version };
  const consent = () => patient.call('GET', `/api/consents/${form.settings.requiresConsent}`);
  if (!(await consent()).json().given) {
    const refused = await patient.call('POST', '/api/cases', submission, { 'idempotency-key': randomUUID() });
    assert.deepEqual(
      [refused.status, refused.json().type, refused.json().form],
      [403, '/problems/consent-form-required', 'terveydenhuollon-suostumus'],
    );
    await send(patient, consentForm.submission(await consentForm.version(patient)));
  }
  assert.equal((await consent()).json().given, true);

  const sent = await send(patient, submission);
  assert.equal(sent.stored, false);
  const page = await receipt(patient, sent.caseNumber);
  assert.ok(page.text.includes(sent.caseNumber) && !page.text.includes('särky'));
  const handed = await department('GET', `/deliveries/${sent.caseNumber}`);
  assert.equal(handed.json().answers.visit.reason.since, 'Salainen-särky');
  const proof = await verify(
    save('delivered.json', (await receipt(patient, sent.caseNumber, '?as=json')).text),
    '--content',
    save('handed.json', handed.text),
  );
  assert.equal(proof.status, 0, proof.stdout + proof.stderr);

  const path = `/deliveries/${sent.caseNumber}`;
  assert.equal((await department('POST', `${path}/acknowledgement`)).status, 204);
  assert.equal((await department('GET', path)).status, 404);
  const kept = await receipt(patient, sent.caseNumber, '?as=json');
  assert.deepEqual(
    [kept.json().content, (await verify(save('kept.json', kept.text))).status],
    [undefined, 0],
  );
  assert.ok(!lambdaLog(portal.place).includes('särky'));
  assert.ok(!(await patient.call('GET', '/api/cases')).text.includes(sent.caseNumber));
});

const publishCourse = async (name: string, course: object): Promise<string> => {
  const id = `${name}-${Date.now()}`;
  const title = said('Yhden paikan kurssi', 'Kurs med en plats', 'Course with one place');
  const page = { title, properties: { name: { type: 'string', title: 'Nimi' } }, required: ['name'] };
  const texts = { Nimi: said('Nimi', 'Namn', 'Name') };
  await publishForm(portal.place, id, trialForm({ title, page, settings: { course }, texts }));
  return id;
};

test('a crowd at the running portal: as many places as there are, the rest in order, then no more', async () => {
  const id = await publishCourse('ruuhka', { places: 10, waitingList: 15 });
  const everybody = await Promise.all(persons.map((_, index) => citizen(index)));
  const { version } = (await nobody(portal.place).call('GET', `/api/forms/${id}`)).json();
  const submission = { form: id, formVersion: version, language: 'fi', answers: { page: { name: 'Maija' } } };
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      everybody[index % everybody.length]?.call('POST', '/api/cases', submission, {
        'idempotency-key': randomUUID(),
      }),
    ),
  );
  const told: number[] = answers.flatMap(answer =>
    answer?.status === 201 ? [answer.json().place.rank] : [],
  );
  assert.equal(new Set(told).size, told.length, 'nobody shares a rank');
  assert.ok(told.every(rank => rank <= 25));
  // On a machine that is too busy some are told to try again; their numbers are held for them.
  if (answers.some(answer => (answer?.status ?? 500) >= 500)) return;
  assert.equal(told.length, 25);
  assert.equal(answers.filter(answer => answer?.status === 409).length, 15);
});

test('the place of a course goes to who waits first when it is given up', async () => {
  const id = await publishCourse('kurssi', { places: 1, waitingList: 1 });
  const [first, second, third] = [await citizen(0), await citizen(1), await citizen(2)];
  const { version } = (await first.call('GET', `/api/forms/${id}`)).json();
  const submission = { form: id, formVersion: version, language: 'fi', answers: { page: { name: 'Maija' } } };
  const places = async () =>
    (await nobody(portal.place).call('GET', `/api/forms/${id}/places?at=${randomUUID()}`)).json();

  const granted = await send(first, submission);
  const waiting = await send(second, submission);
  assert.deepEqual(
    [granted.place, waiting.place],
    [
      { rank: 1, places: 1 },
      { rank: 2, places: 1 },
    ],
  );
  const full = await third.call('POST', '/api/cases', submission, { 'idempotency-key': randomUUID() });
  assert.deepEqual([full.status, full.json().type], [409, '/problems/course-full']);
  const counted = await places();
  assert.deepEqual([counted.places, counted.waitingList], [1, 1]);
  const course = async (who: Citizen, number: string) =>
    (await who.call('GET', `/api/cases/${number}`)).json().course;
  assert.deepEqual(await course(second, waiting.caseNumber), {
    state: 'waiting',
    position: 1,
    canLeave: true,
  });
  const shown = await command(portal.place, 'department', 'show', waiting.caseNumber);
  assert.match(shown.stdout, /waiting/);

  const cancel = () => first.call('POST', `/api/cases/${granted.caseNumber}/cancellation`, {});
  const left = await cancel();
  assert.equal(left.status, 201, left.text);
  assert.deepEqual((await cancel()).json(), left.json(), 'once, however often');
  assert.deepEqual(await course(first, granted.caseNumber), { state: 'left', canLeave: false });
  assert.deepEqual(await course(second, waiting.caseNumber), { state: 'place', canLeave: true });
  const moved = (await second.call('GET', '/api/cases')).json().items[0];
  assert.deepEqual([moved.caseNumber, moved.isNew], [waiting.caseNumber, true]);
  assert.equal((await send(third, submission)).place.rank, 2);

  // An hour of its own: each sends a person one digest.
  const day = new Date(Date.now() + (30 + Math.floor(Math.random() * 300)) * 24 * 3600_000);
  const { email } = (await second.call('GET', '/api/profile')).json();
  // By their number: another test's messages may bear a later time, for some move the clock.
  const told = async () => (await mailbox(portal.place)).filter(({ to }) => to === email).length;
  const before = await told();
  await command(portal.place, 'digest', '--at', `${day.toISOString().slice(0, 10)}T08:00:00Z`);
  assert.equal(await told(), before + 1);
});
