import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { people } from '../../lib/local/engines/identity/people.ts';
import { type Answered, type Citizen, departmentToken, nobody, registered } from './citizen.ts';
import { command } from './command.ts';
import { dogForm, secrets } from './content.ts';
import { lambdaLog, portalUnderTest, type RunningPortal } from './portal.ts';

const somebody = people.find(person => person.organisations.length === 0);

let portal: RunningPortal;
let citizen: Citizen;
let version: string;
let caseNumber: string;
let token: string;
let reader: string;

before(async () => {
  assert.ok(somebody);
  portal = await portalUnderTest();
  citizen = await registered(portal.place, { person: somebody.id });
  version = await dogForm.version(citizen);
  const sent = await citizen.call('POST', '/api/cases', dogForm.submission(version), idempotent());
  assert.equal(sent.status, 201, sent.text);
  caseNumber = sent.json().caseNumber;
  token = await departmentToken(portal.place, 'local-department', 'local-secret');
  reader = await departmentToken(portal.place, 'local-reader', 'local-secret');
});

after(async () => {
  await command(portal.place, 'clock', 'now');
  await portal.stop();
});

const idempotent = (key: string = randomUUID()) => ({ 'idempotency-key': key });

const department = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  nobody(portal.place).call(method, `/api/department/v1${path}`, body, {
    authorization: `Bearer ${token}`,
    'x-purpose': 'test',
    ...headers,
  });

const event = (body: unknown, headers: Record<string, string> = idempotent()) =>
  department('POST', `/cases/${caseNumber}/events`, body, headers);

/** The right refusal, as RFC 9457 has it. */
const assertProblem = (answer: Answered, status: number, kind: string): void => {
  assert.equal(answer.status, status, answer.text);
  assert.equal(answer.headers.get('content-type'), 'application/problem+json');
  assert.equal(answer.json().type, `/problems/${kind}`);
};

describe('the citizen API refuses', () => {
  const put = (body: unknown, headers: Record<string, string> = {}) =>
    citizen.call('PUT', `/api/drafts/${randomUUID()}`, body, { 'if-none-match': '*', ...headers });

  test('malformed JSON', async () => assertProblem(await put('{"form": '), 400, 'malformed-json'));
  test('JSON of another shape', async () => assertProblem(await put({ form: 5 }), 400, 'invalid-request'));
  test('a body that is not JSON', async () =>
    assertProblem(await put('a=b', { 'content-type': 'text/plain' }), 415, 'unsupported-media-type'));
  test('an oversized body', async () =>
    assertProblem(await put({ padding: 'x'.repeat(600_000) }), 413, 'too-large'));
  test('a draft saved over another without saying which', async () => {
    const answer = await citizen.call('PUT', `/api/drafts/${randomUUID()}`, dogForm.draft(version));
    assertProblem(answer, 428, 'precondition-required');
  });
  test('unknown routes', async () =>
    assertProblem(await citizen.call('GET', '/api/casess'), 404, 'not-found'));
  test('a case number that is none', async () =>
    assertProblem(await citizen.call('GET', '/api/cases/%00%F0%9F%92%A9'), 404, 'not-found'));
  test('a request from another site', async () => {
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    assertProblem(await citizen.call('POST', '/api/session', {}, headers), 403, 'cross-site');
  });
  test('sending without a key, and incomplete answers by pointer and code', async () => {
    const submission = dogForm.submission(version);
    assertProblem(await citizen.call('POST', '/api/cases', submission), 400, 'idempotency-key-missing');
    const { notification } = submission.answers;
    const answer = await citizen.call(
      'POST',
      '/api/cases',
      { ...submission, answers: { notification } },
      idempotent(),
    );
    assertProblem(answer, 422, 'invalid-answers');
    assert.ok(answer.json().errors.some((error: { pointer: string }) => error.pointer.startsWith('/dog')));
  });
  test('a message where no official has begun', async () => {
    const answer = await citizen.call(
      'POST',
      `/api/cases/${caseNumber}/messages`,
      { text: 'Hei' },
      idempotent(),
    );
    assertProblem(answer, 409, 'conversation-not-started');
  });
  test('forged cursors and odd queries', async () => {
    for (const query of ['cursor=forged', 'sort=size', 'order=up', 'cursor=%00', 'number=%27%3B--'])
      assert.ok([200, 400].includes((await citizen.call('GET', `/api/cases?${query}`)).status), query);
  });
  test('an address off the portal to return to', async () => {
    for (const target of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '/%2F/evil.example',
    ]) {
      const path = `/api/auth/sign-in?as=person&return=${encodeURIComponent(target)}`;
      const answer = await nobody(portal.place).call('GET', path);
      assert.ok(answer.status === 302 || answer.status === 400, target);
      assert.equal(decodeURIComponent(answer.headers.get('location') ?? '').includes('evil.example'), false);
    }
  });
});

describe('the department API refuses', () => {
  test('a wrong scope', async () => {
    const headers = { ...idempotent(), authorization: `Bearer ${reader}` };
    assertProblem(await event({ type: 'status', status: 'processing' }, headers), 403, 'scope-missing');
  });
  test('reading without saying why', async () => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await nobody(portal.place).call('GET', '/api/department/v1/cases', undefined, headers);
    assertProblem(answer, 400, 'invalid-request');
  });
  test('a status that does not exist, and one that may not follow', async () => {
    assertProblem(await event({ type: 'status', status: 'sleeping' }), 400, 'invalid-request');
    assert.equal((await event({ type: 'status', status: 'solved' })).status, 201);
    assertProblem(await event({ type: 'status', status: 'waiting' }), 409, 'status-not-allowed');
  });
  test('events without a key, and a key used for something else', async () => {
    const key = idempotent();
    assertProblem(await event({ type: 'message', text: 'Hei' }, {}), 400, 'idempotency-key-missing');
    const first = await event({ type: 'message', text: 'Hei' }, key);
    assert.deepEqual((await event({ type: 'message', text: 'Hei' }, key)).json(), first.json());
    assertProblem(await event({ type: 'message', text: 'Hei hei' }, key), 422, 'idempotency-key-reused');
  });
  test('a revision that is no longer the newest', async () => {
    const answer = await event({ type: 'message', text: 'Hei' }, { ...idempotent(), 'if-match': '"1"' });
    assertProblem(answer, 412, 'precondition-failed');
  });
  test('malformed and oversized bodies', async () => {
    assertProblem(await event('{'), 400, 'malformed-json');
    assertProblem(await event({ type: 'message', text: 'x'.repeat(600_000) }), 413, 'too-large');
  });
  test('case numbers in the spellings people use are understood', async () => {
    for (const spelling of [
      caseNumber.toLowerCase(),
      caseNumber.replaceAll('-', ''),
      caseNumber.replaceAll('-', ' '),
    ])
      assert.equal((await department('GET', `/cases/${encodeURIComponent(spelling)}`)).status, 200, spelling);
  });
});

describe('sessions', () => {
  test('an open tab that only asks for the session does not keep it alive', async () => {
    assert.ok(somebody);
    const tab = await registered(portal.place, { person: somebody.id });
    for (const move of ['+50m', '+50m', '+25m']) {
      assert.equal((await tab.call('GET', '/api/session')).json().signedIn, true);
      assert.equal((await command(portal.place, 'clock', move)).status, 0);
    }
    assertProblem(await tab.call('GET', '/api/cases'), 401, 'session-expired');
    assert.equal((await tab.call('GET', '/api/session')).json().signedIn, false);
    await command(portal.place, 'clock', 'now');
  });
});

test('no answer was a 500, and no log line tells anything personal', () => {
  const log = lambdaLog(portal.place);
  assert.ok(log.includes('PUT /api/drafts/{id}'), 'the log is the one the functions write');
  assert.doesNotMatch(log, /"status":500/);
  const codes = people.flatMap(person => person.identityCode ?? []);
  const names = people.map(person => person.familyName);
  for (const personal of [
    ...codes,
    ...names,
    ...Object.values(secrets),
    '@example.fi',
    '246098100123456',
    '+358401234567',
  ])
    assert.equal(log.includes(personal), false, 'something personal is in the log');
});
