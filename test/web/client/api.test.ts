import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import {
  ApiFailure,
  call,
  deleteDraft,
  getCases,
  getSession,
  listen,
  openedFor,
  postMessage,
  staySignedIn,
} from '../../../web/client/api.ts';
import { getFile } from '../../../web/client/files.ts';

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

/** The network for one test: what it answers, and the requests it saw. */
const network = (answer: () => Response | Promise<Response>) => {
  const fetch = mock.method(globalThis, 'fetch', async () => answer());
  return () => {
    const [path, init] = (fetch.mock.calls.at(-1)?.arguments ?? []) as unknown as [string, RequestInit];
    return { path, method: init.method, headers: init.headers as Record<string, string>, body: init.body };
  };
};

const failureOf = async (promise: Promise<unknown>): Promise<ApiFailure> => {
  const error = await promise.then(
    () => assert.fail('succeeded'),
    reason => reason,
  );
  assert.ok(error instanceof ApiFailure);
  return error;
};

test('a problem becomes its kind, with the errors by field, and is not retried in vain', async t => {
  t.after(() => mock.restoreAll());
  const errors = [{ pointer: '/email', code: 'format' }];
  network(() => json(422, { type: '/problems/invalid-request', title: 'x', status: 422, errors }));
  const failure = await failureOf(call('profile'));
  assert.deepEqual([failure.kind, failure.status, failure.errors], ['invalid-request', 422, errors]);
  assert.equal(failure.retryable, false);
});

test('a network that fails, a gateway without JSON: one typed failure that may be retried', async t => {
  t.after(() => mock.restoreAll());
  network(() => Promise.reject(new TypeError('fetch failed')));
  assert.deepEqual(await failureOf(getSession()), new ApiFailure('network', 0));
  mock.restoreAll();
  network(() => new Response('<html>', { status: 503 }));
  const failure = await failureOf(getSession());
  assert.deepEqual([failure.kind, failure.retryable], ['status-503', true]);
});

test('a file may take minutes to come; other calls count as unanswered after half a minute', async t => {
  t.after(() => mock.restoreAll());
  const timeout = mock.method(AbortSignal, 'timeout');
  network(() => new Response('{}'));
  await getFile('profile/export');
  await call('profile');
  assert.deepEqual(
    timeout.mock.calls.map(({ arguments: [ms] }) => ms),
    [600_000, 30_000],
  );
});

test('unsafe calls carry JSON, revisions become entity tags, keys stay as given', async t => {
  t.after(() => mock.restoreAll());
  const last = network(() => new Response(null, { status: 204 }));
  await deleteDraft({ id: 'a/b', revision: 3 });
  assert.equal(last().path, '/api/drafts/a%2Fb');
  assert.equal(last().headers['if-match'], '"3"');
  assert.equal(last().headers['content-type'], 'application/json');
  await postMessage('HEL-2026-000123', { text: 'Hei' }, 'key-1');
  assert.equal(last().headers['idempotency-key'], 'key-1');
  assert.equal(last().body, '{"text":"Hei"}');
});

test('only what was given goes into the query', async t => {
  t.after(() => mock.restoreAll());
  const last = network(() => json(200, { items: [] }));
  await getCases({ sort: 'name', order: 'asc', number: 'hel 2026 123' });
  assert.equal(last().path, '/api/cases?number=hel+2026+123&sort=name&order=asc');
});

test('asking about the session is no use of it, staying signed in is; a 401 is heard', async t => {
  const heard: string[] = [];
  const silence = listen({ used: () => heard.push('used'), unauthenticated: () => heard.push('401') });
  t.after(() => {
    silence();
    mock.restoreAll();
  });
  network(() => json(200, { signedIn: false }));
  await getSession();
  assert.deepEqual(heard, []);
  await staySignedIn();
  mock.restoreAll();
  network(() => json(401, { type: '/problems/session-expired', title: 'x', status: 401 }));
  await failureOf(getCases({ sort: 'date', order: 'desc' }));
  assert.deepEqual(heard, ['used', '401']);
});

test('what changes something says in whose folder the page was opened; what only asks does not', async t => {
  t.after(() => mock.restoreAll());
  const seen = network(() => new Response(undefined, { status: 204 }));
  openedFor(undefined);
  await call('drafts/x', { method: 'PUT' });
  assert.equal(seen().headers['x-folder'], 'self');
  openedFor({ businessId: '0201256-6' });
  await call('drafts/x', { method: 'DELETE', ifMatch: 1 });
  assert.equal(seen().headers['x-folder'], '0201256-6');
  await call('drafts');
  assert.equal(seen().headers['x-folder'], undefined);
});

test('a conflict has the session looked at: the folder may be another one by now', async t => {
  t.after(() => mock.restoreAll());
  network(() => json(409, { type: '/problems/conflict', title: 'x', status: 409 }));
  let looked = 0;
  t.after(listen({ conflict: () => (looked += 1) }));
  await failureOf(call('drafts/x', { method: 'PUT' }));
  assert.equal(looked, 1);
});
