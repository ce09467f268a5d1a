import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absoluteMs, idleMs } from '../../lambdas/domain/session.ts';
import { room, sessionOf } from './room.ts';

test('GET session is 200 for everybody, and tells who is signed in and how long still', async () => {
  const { browser, clock } = room();
  const visitor = browser();
  assert.deepEqual((await visitor.get('/api/session')).body, { signedIn: false });
  await visitor.signIn();
  clock.now += 60_000;
  assert.deepEqual((await visitor.get('/api/session')).body, {
    signedIn: true,
    kind: 'person',
    name: 'Maija Mallikas',
    registered: false,
    method: 'bank',
    idleSecondsLeft: 7140,
    absoluteSecondsLeft: 43_140,
  });
});

test('asking keeps nobody signed in', async () => {
  const { browser, clock } = room();
  const visitor = browser();
  await visitor.signIn();
  for (let minutes = 0; minutes < 119; minutes++) {
    clock.now += 60_000;
    assert.equal((await visitor.get('/api/session')).body.signedIn, true);
  }
  clock.now += 60_000;
  const over = await visitor.get('/api/session');
  assert.deepEqual(over.body, { signedIn: false, ended: 'idle' });
  assert.equal(sessionOf(visitor), undefined, 'the cookie is taken back');
  assert.deepEqual((await visitor.get('/api/session')).body, { signedIn: false });
});

test('Pysy kirjautuneena keeps it, until the absolute end', async () => {
  const { browser, clock } = room();
  const visitor = browser();
  await visitor.signIn();
  const begun = clock.now;
  const step = idleMs - 60_000;
  for (clock.now += step; clock.now < begun + absoluteMs; clock.now += step) {
    const { status, body } = await visitor.send('POST /api/session');
    assert.equal(status, 200);
    assert.equal(body.idleSecondsLeft, Math.min(7200, Number(body.absoluteSecondsLeft)));
  }
  const over = await visitor.send('POST /api/session');
  assert.deepEqual([over.status, over.body.type], [401, '/problems/session-expired']);
  assert.equal(sessionOf(visitor), undefined);
  assert.equal((await visitor.send('POST /api/session')).body.type, '/problems/unauthenticated');
});

test('a forged cookie opens nothing and is taken back', async () => {
  const { browser } = room();
  const visitor = browser();
  visitor.cookies.set('__Host-session', 'x'.repeat(43));
  assert.deepEqual((await visitor.get('/api/session')).body, { signedIn: false });
  assert.equal(sessionOf(visitor), undefined);
});
