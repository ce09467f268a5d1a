import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import type { LogoutToken } from '../../lambdas/identity/logout-token.ts';
import { issuer, person, room, sessionOf } from './room.ts';

test('signing out ends the session here, then leads to the provider and back in the language of the page', async () => {
  const { browser, sessions } = room();
  const visitor = browser();
  await visitor.signIn();
  const cookie = sessionOf(visitor) ?? '';
  const answer = await visitor.send('POST /api/auth/sign-out', { language: 'sv' });
  const location = new URL(String(answer.body.location));
  assert.equal(location.origin + location.pathname, `${issuer}/end`);
  assert.deepEqual(Object.fromEntries(location.searchParams), {
    logout_hint: 'sid-1',
    post_logout_redirect_uri: 'https://portal.example/sv/utloggad/',
    ui_locales: 'sv',
  });
  assert.deepEqual([...visitor.cookies.keys()], ['__Host-sign-in']);
  assert.equal(answer.headers['clear-site-data'], '"cache"');
  assert.deepEqual(await sessions.find(cookie), { ended: 'signed-out' });

  visitor.cookies.set('__Host-session', cookie);
  assert.deepEqual((await visitor.get('/api/session')).body, { signedIn: false, ended: 'signed-out' });
  visitor.cookies.set('__Host-session', cookie);
  assert.equal((await visitor.get('/api/profile')).body.type, '/problems/session-expired');
});

test('a provider out of reach does not keep anybody signed in', async () => {
  const { browser, state } = room();
  const visitor = browser();
  await visitor.signIn();
  state.fails = 'unavailable';
  const answer = await visitor.send(
    'POST /api/auth/sign-out',
    {},
    { headers: { referer: 'https://portal.example/en/my/' } },
  );
  assert.deepEqual([answer.status, answer.body], [200, { location: '/en/signed-out/' }]);
  assert.equal(sessionOf(visitor), undefined);
});

test('who is not signed in is signed out', async () => {
  const { browser } = room();
  const answer = await browser().send('POST /api/auth/sign-out');
  assert.deepEqual([answer.status, answer.body], [200, { location: '/fi/uloskirjauduttu/' }]);
});

test('another site cannot sign anybody out', async () => {
  const { browser } = room();
  const visitor = browser();
  await visitor.signIn();
  const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
  assert.equal((await visitor.send('POST /api/auth/sign-out', {}, { headers })).status, 403);
  assert.equal((await visitor.get('/api/session')).body.signedIn, true);
});

test('the front channel finds sessions by sid, in whatever browser, without a cookie, in a frame of the provider only', async () => {
  const { browser, state } = room();
  const [mine, other] = [browser(), browser()];
  await mine.signIn();
  state.claims = { ...person, sid: 'sid-2' };
  await other.signIn();
  const answer = await browser().get('/api/auth/frontchannel-logout', { iss: issuer, sid: 'sid-1' });
  assert.equal(answer.status, 200);
  assert.match(answer.headers['content-security-policy'] ?? '', new RegExp(`frame-ancestors ${issuer}$`));
  assert.equal(answer.headers['x-frame-options'], undefined);
  assert.deepEqual((await mine.get('/api/session')).body, { signedIn: false, ended: 'signed-out' });
  assert.equal((await other.get('/api/session')).body.signedIn, true);
  for (const query of [{}, { sid: 'sid-2' }, { iss: issuer }, { iss: 'https://evil.example', sid: 'sid-2' }])
    assert.equal((await browser().get('/api/auth/frontchannel-logout', query)).status, 400);
  assert.equal((await other.get('/api/session')).body.signedIn, true);
});

test('the back channel ends what the token names, once', async () => {
  const token: LogoutToken = { jti: 'jti-1', sessions: [{ issuer, by: 'sub', value: 'sub-1' }] };
  const { browser } = room({ verify: async () => token });
  const [one, two] = [browser(), browser()];
  await one.signIn();
  await two.signIn();
  const form = {
    body: 'logout_token=x',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': undefined },
  };
  const sent = () =>
    browser().send('POST /api/auth/backchannel-logout', form.body, { headers: form.headers });
  assert.equal((await sent()).status, 204);
  for (const visitor of [one, two])
    assert.equal((await visitor.get('/api/session')).body.ended, 'signed-out');
  await one.signIn();
  const replay = await sent();
  assert.deepEqual(
    [replay.status, replay.body.errors],
    [400, [{ pointer: '/logout_token', code: 'replayed' }]],
  );
  assert.equal((await one.get('/api/session')).body.signedIn, true);
  assert.equal(
    (await browser().send('POST /api/auth/backchannel-logout', 'x=y', { headers: form.headers })).status,
    400,
  );
});

test('a logout that failed half-way can be sent again', async () => {
  const token: LogoutToken = { jti: 'jti-1', sessions: [{ issuer, by: 'sid', value: 'sid-1' }] };
  const { browser, sessions } = room({ verify: async () => token });
  const visitor = browser();
  await visitor.signIn();
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': undefined };
  const sent = () => browser().send('POST /api/auth/backchannel-logout', 'logout_token=x', { headers });
  const broken = mock.method(sessions, 'endAll', async () => {
    throw new Error('the table is out of reach');
  });
  assert.equal((await sent()).status, 500);
  broken.mock.restore();
  assert.equal((await sent()).status, 204);
  assert.equal((await visitor.get('/api/session')).body.ended, 'signed-out');
});
