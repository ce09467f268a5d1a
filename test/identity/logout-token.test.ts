import assert from 'node:assert/strict';
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mock, test } from 'node:test';
import { SimpleFetcher } from 'aws-jwt-verify/https';
import { type Refusal, refuse } from '../../lambdas/domain/refusal.ts';
import { logoutTokenVerifier } from '../../lambdas/identity/logout-token.ts';

const issuer = 'https://issuer.example';
const event = 'http://schemas.openid.net/event/backchannel-logout';
const ours = generateKeyPairSync('rsa', { modulusLength: 2048 });
const theirs = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwks = { keys: [{ ...ours.publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }] };

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const seconds = () => Math.floor(Date.now() / 1000);
const good = () => ({
  ...{ iss: issuer, aud: 'asiointi', jti: randomUUID(), sid: 'sid-1', sub: 'sub-1' },
  ...{ iat: seconds(), exp: seconds() + 120, events: { [event]: {} } },
});
const signed = (payload: object, header: object = {}, key = ours.privateKey): string => {
  const input = `${encode({ alg: 'RS256', kid: 'k', typ: 'logout+jwt', ...header })}.${encode(payload)}`;
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`;
};

mock.method(SimpleFetcher.prototype, 'fetch', async (uri: string) => {
  if (uri !== `${issuer}/jwks`) throw new Error('another address');
  return new TextEncoder().encode(JSON.stringify(jwks)).buffer;
});
const verifier = logoutTokenVerifier(issuer, 'asiointi', async () => `${issuer}/jwks`);
const kindOf = (token: string) =>
  verifier.verify(token).then(
    () => 'accepted',
    (error: Refusal) => error.reason.kind,
  );

test('a logout token of ours names a session, or without one all of a person', async () => {
  const payload = good();
  assert.deepEqual(await verifier.verify(signed(payload)), {
    jti: payload.jti,
    sessions: [{ issuer, by: 'sid', value: 'sid-1' }],
  });
  const { sid: _sid, ...whole } = good();
  assert.deepEqual((await verifier.verify(signed(whole))).sessions, [{ issuer, by: 'sub', value: 'sub-1' }]);
});

test('anything else is refused', async () => {
  const without = (...names: string[]) =>
    signed(Object.fromEntries(Object.entries(good()).filter(([name]) => !names.includes(name))));
  const bad: Record<string, string> = {
    'another key': signed(good(), {}, theirs.privateKey),
    'no signature': `${encode({ alg: 'none', kid: 'k', typ: 'logout+jwt' })}.${encode(good())}.e30`,
    'another issuer': signed({ ...good(), iss: 'https://evil.example' }),
    'another client': signed({ ...good(), aud: 'someone-else' }),
    expired: signed({ ...good(), iat: seconds() - 200, exp: seconds() - 100 }),
    'issued long ago': signed({ ...good(), iat: seconds() - 301 }),
    'issued in the future': signed({ ...good(), iat: seconds() + 90 }),
    'an ID token': signed({ ...good(), nonce: 'n' }),
    'another type': signed(good(), { typ: 'JWT' }),
    'no type': signed(good(), { typ: undefined }),
    'another event': signed({ ...good(), events: { 'http://example/event': {} } }),
    'an event that is no object': signed({ ...good(), events: { [event]: true } }),
    'no events': without('events'),
    'no jti': without('jti'),
    'no iat': without('iat'),
    'no exp': without('exp'),
    nobody: without('sid', 'sub'),
    'no token': 'x',
    empty: '',
  };
  for (const [name, token] of Object.entries(bad)) assert.equal(await kindOf(token), 'invalid-request', name);
});

test('keys out of reach say nothing about the token', async () => {
  mock.restoreAll();
  const server = createServer().listen(0, '127.0.0.1');
  const { port } = await new Promise<AddressInfo>(resolve =>
    server.once('listening', () => resolve(server.address() as AddressInfo)),
  );
  await new Promise(resolve => server.close(resolve));
  const cut = logoutTokenVerifier(issuer, 'asiointi', async () => `https://127.0.0.1:${port}/jwks`);
  await assert.rejects(cut.verify(signed(good())), (error: Refusal) => error.reason.kind === 'unavailable');
});

test('a provider that cannot be asked for its addresses says nothing about the token', async () => {
  const cut = logoutTokenVerifier(issuer, 'asiointi', async () =>
    refuse({ kind: 'identification-failed', why: 'x' }),
  );
  await assert.rejects(cut.verify(signed(good())), (error: Refusal) => error.reason.kind === 'unavailable');
});
