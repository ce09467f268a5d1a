import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import type { LogoutToken } from '../../lambdas/identity/logout-token.ts';
import { type Browser, issuer, person, room, sessionOf } from './room.ts';

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
  assert.deepEqual([...visitor.cookies.keys()], [], 'no cookie of the portal is left');
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

/** A person between the provider's page and ours: the code is on its way, and then `happens`. */
const overtaken = async (
  happens: (room: ReturnType<typeof roomWithToken>, visitor: Browser) => Promise<unknown>,
) => {
  const here = roomWithToken();
  const visitor = here.browser();
  const { headers } = await visitor.get('/api/auth/sign-in', { return: '/sv/blankett/hund/' });
  const state = new URL(headers.location ?? '').searchParams.get('state') ?? '';
  here.clock.now += 1000;
  await happens(here, visitor);
  here.clock.now += 1000;
  return {
    ...here,
    visitor,
    landed: await visitor.get('/api/auth/callback', { code: 'c', state, iss: issuer }),
  };
};
const roomWithToken = () =>
  room({ verify: async () => ({ jti: 'jti-9', sessions: [{ issuer, by: 'sub', value: 'sub-1' }] }) });

test('a logout at the provider that overtakes the sign-in leaves nobody signed in; the next sign-in works', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': undefined };
  const ways = {
    front: ({ browser }: ReturnType<typeof roomWithToken>) =>
      browser().get('/api/auth/frontchannel-logout', { iss: issuer, sid: 'sid-1' }),
    back: ({ browser }: ReturnType<typeof roomWithToken>) =>
      browser().send('POST /api/auth/backchannel-logout', 'logout_token=x', { headers }),
  };
  for (const [name, way] of Object.entries(ways)) {
    const { visitor, landed, lines } = await overtaken(way);
    assert.deepEqual([landed.status, landed.headers.location], [302, '/sv/utloggad/'], name);
    assert.equal(sessionOf(visitor), undefined, name);
    assert.equal(lines.at(-1)?.problem, 'session-expired');
    assert.equal((await visitor.signIn()).headers.location, '/fi/rekisteroidy/', name);
  }
});

test('signing out ends the sign-ins begun in other tabs of the browser', async () => {
  const { visitor, landed } = await overtaken((_, visitor) => visitor.send('POST /api/auth/sign-out'));
  assert.match(landed.headers.location ?? '', /reason=expired/);
  assert.equal(sessionOf(visitor), undefined);
  assert.equal((await visitor.signIn()).headers.location, '/fi/rekisteroidy/');
});

test('the local session is closed first, before anybody else is told', async () => {
  const { browser, provider, sessions } = room();
  const visitor = browser();
  await visitor.signIn();
  const cookie = sessionOf(visitor) ?? '';
  const asked = mock.method(provider, 'signOutUrl', async () => {
    assert.deepEqual(await sessions.find(cookie), { ended: 'signed-out' });
    return `${issuer}/end`;
  });
  assert.equal((await visitor.send('POST /api/auth/sign-out')).status, 200);
  assert.equal(asked.mock.callCount(), 1);
});

test('two browsers of one person: signing out of one by its sid leaves the other', async () => {
  const { browser, state } = room();
  const [home, library] = [browser(), browser()];
  await home.signIn();
  state.claims = { ...person, sid: 'sid-2' };
  await library.signIn();
  await library.send('POST /api/auth/sign-out');
  assert.equal((await library.get('/api/session')).body.signedIn, false);
  assert.equal((await home.get('/api/session')).body.signedIn, true);
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
