import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod/mini';
import { type Reason, refuse } from '../../lambdas/domain/refusal.ts';
import { absoluteMs, idleMs, touchMs } from '../../lambdas/domain/session.ts';
import { noContent, ok } from '../../lambdas/http/answer.ts';
import { type Access, api } from '../../lambdas/http/api.ts';
import { parse } from '../../lambdas/http/body.ts';
import type { LogLine } from '../../lambdas/http/log.ts';
import type { PublicRequest } from '../../lambdas/http/request.ts';
import { type Handle, routes } from '../../lambdas/http/routes.ts';
import { memorySessions } from '../../lambdas/storage/sessions.memory.ts';
import { type Call, call, environment } from './call.ts';

const code = '010190-900P';
const begin = 1_800_000_000_000;

const signedIn = async (registered = true) => {
  const sessions = memorySessions();
  const cookie = await sessions.create({
    owner: 'owner-1',
    person: 'owner-1',
    kind: 'person',
    registered,
    method: 'bank',
    startedAt: begin,
    identity: { name: 'Nordea Demo', identityCode: code },
    issuer: 'https://issuer.example',
    sid: 'sid-1',
    subject: 'sub-1',
    signOutHint: {},
    identityKeys: { owner: 'key', person: 'key' },
  });
  return { sessions, cookie };
};

const door = (handle: Handle<PublicRequest>, more: { bodyLimitBytes?: number } = {}) => {
  const lines: LogLine[] = [];
  const handler = api(handle, { access: 'public', environment, log: line => lines.push(line), ...more });
  return { lines, call: (request: Call) => call(handler, request) };
};

/** Every kind, or this does not compile. */
const kinds: { [Kind in Reason['kind']]: [number, Omit<Extract<Reason, { kind: Kind }>, 'kind'>] } = {
  'not-found': [404, {}],
  'method-not-allowed': [405, {}],
  unauthenticated: [401, {}],
  'session-expired': [401, {}],
  'cross-site': [403, {}],
  'registration-required': [403, {}],
  'consent-required': [422, {}],
  'scope-missing': [403, { scope: 'department/cases.read' }],
  'malformed-json': [400, {}],
  'unsupported-media-type': [415, {}],
  'too-large': [413, { limitBytes: 10 }],
  'answer-too-large': [422, {}],
  'invalid-request': [400, { errors: [{ pointer: '/a', code: 'required' }] }],
  'invalid-answers': [422, { errors: [{ pointer: '/a', code: 'required' }] }],
  'idempotency-key-missing': [400, {}],
  'idempotency-key-reused': [422, {}],
  'precondition-required': [428, {}],
  'precondition-failed': [412, {}],
  conflict: [409, {}],
  'draft-sent': [404, { sent: { caseNumber: 'HEL-2026-000001', stored: true } }],
  'status-not-allowed': [409, { from: 'closed', to: 'sent' }],
  'form-not-open': [403, {}],
  'wrong-applicant': [403, {}],
  'persons-only': [403, {}],
  'conversation-not-started': [409, {}],
  'conversation-closed': [409, {}],
  'messages-elsewhere': [409, {}],
  'amendment-not-allowed': [409, {}],
  'too-many-messages': [429, { limit: 20 }],
  'attachment-missing': [422, {}],
  'attachment-not-scanned': [409, {}],
  'attachment-refused': [410, { why: 'infected' }],
  'attachments-not-taken': [409, {}],
  'too-many-attachments': [422, { limit: 5 }],
  'too-many-drafts': [422, { limit: 100 }],
  'too-many-bulletins': [422, { limit: 20 }],
  'too-many-codes': [429, {}],
  'code-wrong': [422, { triesLeft: 4 }],
  'code-expired': [410, {}],
  'identification-failed': [400, { why: 'cancelled' }],
  'course-full': [409, {}],
  'consent-form-required': [403, { form: 'terveydenhuollon-suostumus' }],
  'mandate-lost': [403, {}],
  'mandate-unavailable': [503, {}],
  'role-missing': [403, { roles: ['NIMKO'] }],
  unavailable: [503, {}],
};

for (const [kind, [status, details]] of Object.entries(kinds))
  test(`${kind} is a ${status} problem with the security headers`, async () => {
    const { lines, call } = door(async () => refuse({ kind, ...details } as Reason));
    const answer = await call({ route: 'GET /api/x' });
    assert.equal(answer.status, status);
    assert.equal(answer.headers['content-type'], 'application/problem+json');
    assert.equal(answer.headers['cache-control'], 'no-store');
    assert.equal(answer.headers['x-content-type-options'], 'nosniff');
    assert.match(answer.headers['content-security-policy'] ?? '', /default-src 'none'/);
    const { title, ...problem } = answer.body;
    assert.equal(typeof title, 'string');
    assert.deepEqual(problem, { type: `/problems/${kind}`, status, ...details });
    assert.equal(lines.length, 1);
    assert.equal(lines[0]?.problem, kind);
  });

test('an error nobody foresaw is a plain 500 that tells nothing, in the answer or in the log', async () => {
  const { lines, call } = door(async () => {
    throw new TypeError(`cannot read ${code}`, { cause: { body: code } });
  });
  const answer = await call({ route: 'GET /api/x', query: { q: code }, headers: { cookie: code } });
  assert.equal(answer.status, 500);
  assert.equal(answer.body.type, '/problems/internal');
  assert.equal(answer.body.id, 'request-1');
  assert.equal(answer.headers['cache-control'], 'no-store');
  assert.doesNotMatch(answer.text + JSON.stringify(lines), new RegExp(code));
  assert.equal(lines[0]?.fault?.name, 'TypeError');
  assert.match(lines[0]?.fault?.where[0] ?? '', /chain\.test\.ts/);
});

test('what AWS cannot do at the moment is a 503, and stays visible in the log', async () => {
  const throttled = Object.assign(new Error('slow down'), { name: 'ThrottlingException', $retryable: {} });
  const outage = Object.assign(new Error('oh'), { name: 'InternalServerError', $fault: 'server' });
  const silence = Object.assign(new Error('no answer'), { name: 'TimeoutError', code: 'ETIMEDOUT' });
  for (const error of [throttled, outage, silence]) {
    const { lines, call } = door(async () => {
      throw error;
    });
    assert.equal((await call({ route: 'GET /api/x' })).status, 503);
    assert.equal(lines[0]?.fault?.name, error.name);
  }
});

test('an answer carries the security headers too, and may replace one', async () => {
  const { lines, call } = door(async () =>
    ok({ a: 1 }, { headers: { 'cache-control': 'public' }, cookies: ['a=b'] }),
  );
  const answer = await call({
    route: 'GET /api/x/{id}',
    parameters: { id: 'secret' },
    query: { q: 'secret' },
  });
  assert.deepEqual([answer.status, answer.body, answer.cookies], [200, { a: 1 }, ['a=b']]);
  assert.equal(answer.headers['cache-control'], 'public');
  assert.match(answer.headers['strict-transport-security'] ?? '', /max-age/);
  assert.equal(lines[0]?.route, 'GET /api/x/{id}');
  assert.doesNotMatch(JSON.stringify(lines), /secret/);
});

test('whoever goes round CloudFront finds nothing', async () => {
  const { call } = door(async () => noContent());
  for (const secret of [undefined, '', 'origin-secreT'])
    assert.equal((await call({ route: 'GET /api/x', headers: { 'x-origin-secret': secret } })).status, 404);
});

test('unsafe methods come from our own pages only', async () => {
  const { call } = door(async () => noContent());
  const sent = async (site: string | undefined, origin: string | undefined) =>
    (await call({ route: 'POST /api/x', body: {}, headers: { 'sec-fetch-site': site, origin } })).status;
  const ours = environment.PORTAL_URL;
  assert.equal(await sent('same-origin', undefined), 204);
  assert.equal(await sent(undefined, ours), 204);
  assert.equal(await sent('same-origin', ours), 204);
  assert.equal(await sent(undefined, undefined), 403);
  assert.equal(await sent('cross-site', ours), 403);
  assert.equal(await sent('same-site', undefined), 403);
  assert.equal(await sent('none', undefined), 403);
  assert.equal(await sent('same-origin', 'https://evil.example'), 403);
  assert.equal(await sent(undefined, 'null'), 403);
  assert.equal(await sent(undefined, `${ours}.evil.example`), 403);
});

test('unsafe methods bring JSON, and no more of it than the limit', async () => {
  const seen: unknown[] = [];
  const { call } = door(
    async ({ body }) => {
      seen.push(body);
      return noContent();
    },
    { bodyLimitBytes: 20 },
  );
  const sent = async (route: string, body: unknown, type?: string) =>
    (await call({ route, body, ...(type && { headers: { 'content-type': type } }) })).status;
  assert.equal(await sent('POST /api/x', { å: 1 }, 'application/json; charset=utf-8'), 204);
  assert.equal(await sent('POST /api/x', undefined), 204);
  assert.equal(await sent('DELETE /api/x', undefined, 'text/plain'), 204);
  assert.deepEqual(seen, [{ å: 1 }, undefined, undefined]);
  assert.equal(await sent('POST /api/x', 'a=1', 'application/x-www-form-urlencoded'), 415);
  assert.equal(await sent('POST /api/x', '{}', 'text/plain'), 415);
  assert.equal(await sent('PUT /api/x', '{}', 'application/jsonp'), 415);
  assert.equal(await sent('POST /api/x', undefined, 'text/plain'), 415);
  assert.equal(await sent('POST /api/x', '{"a":'), 400);
  assert.equal(await sent('POST /api/x', JSON.stringify('x'.repeat(18))), 204);
  assert.equal(await sent('POST /api/x', JSON.stringify('x'.repeat(19))), 413);
  assert.equal(await sent('POST /api/x', JSON.stringify('å'.repeat(10))), 413);
});

test('a broken body is not quoted, and a wrong one is named by pointer and code', async () => {
  const schema = z.object({ list: z.array(z.object({ 'a/b': z.string() })) });
  const { call, lines } = door(async ({ body }) => ok(parse(schema, body)));
  const broken = await call({ route: 'POST /api/x', body: `{"code": ${code}` });
  assert.equal(broken.body.type, '/problems/malformed-json');
  const wrong = await call({ route: 'POST /api/x', body: { list: [{ 'a/b': 1, code }] } });
  assert.equal(wrong.status, 400);
  assert.deepEqual(wrong.body.errors, [{ pointer: '/list/0/a~1b', code: 'invalid_type' }]);
  assert.doesNotMatch(broken.text + wrong.text + JSON.stringify(lines), new RegExp(code));
  for (const body of [null, [], 'text', 7, undefined])
    assert.equal((await call({ route: 'POST /api/x', body: JSON.stringify(body) })).status, 400);
});

test('an unknown route of a function is not found', async () => {
  const { call } = door(routes({ 'GET /api/a': async () => noContent() }));
  assert.equal((await call({ route: 'GET /api/a' })).status, 204);
  assert.equal((await call({ route: 'GET /api/b' })).status, 404);
  assert.equal((await call({ route: 'toString' })).status, 404);
});

const citizens = async (access: Exclude<Access, 'public'>, registered = true) => {
  const { sessions, cookie } = await signedIn(registered);
  let now = begin;
  const writes: number[] = [];
  const counting = {
    ...sessions,
    touch: async (...given: Parameters<typeof sessions.touch>) => {
      writes.push(given[1]);
      await sessions.touch(...given);
    },
  };
  const handler = api(async ({ session }) => ok({ owner: session.owner }), {
    access,
    sessions: counting,
    environment,
    now: () => now,
    log: () => {},
  });
  const at = (ms: number, session: string | undefined = cookie) => {
    now = begin + ms;
    return call(handler, { route: 'GET /api/x', session });
  };
  return { sessions, cookie, writes, at };
};

test('a session opens the door, and its use is written once a minute', async () => {
  const { at, writes } = await citizens('registered');
  assert.deepEqual((await at(0)).body, { owner: 'owner-1' });
  await at(touchMs - 1);
  assert.deepEqual(writes, []);
  await at(touchMs);
  await at(touchMs + 1);
  assert.deepEqual(writes, [begin + touchMs]);
});

test('nobody and a forged cookie are unauthenticated; only a cookie that was sent is taken back', async () => {
  const { at } = await citizens('session');
  const nobody = await at(0, '');
  assert.deepEqual([nobody.status, nobody.body.type, nobody.cookies], [401, '/problems/unauthenticated', []]);
  const forged = await at(0, 'forged');
  assert.deepEqual([forged.status, forged.body.type], [401, '/problems/unauthenticated']);
  assert.match(forged.cookies.join(), /__Host-session=;.*Max-Age=0.*signed-in=;.*Max-Age=0/);
});

test('two idle hours, half a day, or a sign-out elsewhere end a session', async () => {
  const idle = await citizens('session');
  assert.equal((await idle.at(idleMs - 1)).status, 200);
  assert.equal((await idle.at(2 * idleMs - 2)).status, 200);
  const expired = await idle.at(3 * idleMs - 2);
  assert.deepEqual([expired.status, expired.body.type], [401, '/problems/session-expired']);
  assert.equal(expired.body.ended, 'idle');
  assert.match(expired.cookies.join(), /__Host-session=;/);

  const busy = await citizens('session');
  for (let ms = 0; ms < absoluteMs; ms += idleMs / 2) assert.equal((await busy.at(ms)).status, 200);
  assert.deepEqual((await busy.at(absoluteMs)).body.ended, 'absolute');

  const elsewhere = await citizens('session');
  await elsewhere.sessions.endAll({ issuer: 'https://issuer.example', by: 'sid', value: 'sid-1' }, begin);
  const out = (await elsewhere.at(1)).body;
  assert.deepEqual([out.type, out.ended], ['/problems/session-expired', 'signed-out']);
});

test('who has not registered has no folder yet', async () => {
  const refused = await (await citizens('registered', false)).at(0);
  assert.deepEqual([refused.status, refused.body.type], [403, '/problems/registration-required']);
  assert.equal((await (await citizens('session', false)).at(0)).status, 200);
});
