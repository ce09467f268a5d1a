import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { test } from 'node:test';
import { FetchError } from 'aws-jwt-verify/error';
import { departmentAccess } from '../../lambdas/department/access.ts';
import { Refusal } from '../../lambdas/domain/refusal.ts';
import { problem } from '../../lambdas/http/problem.ts';
import type { PublicRequest } from '../../lambdas/http/request.ts';

const issuer = 'https://issuer.example';
const jwksUri = `${issuer}/keys`;
const clients = JSON.stringify({ dogs: { name: 'Ympäristö', services: ['koirailmoitus'] } });

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const [first, second] = [pair(), pair()];
const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const seconds = (): number => Math.floor(Date.now() / 1000);

const good = () => ({
  iss: issuer,
  client_id: 'dogs',
  token_use: 'access',
  scope: 'department/cases.read',
  iat: seconds(),
  exp: seconds() + 900,
});

const signed = (claims: object, key: KeyObject = first.privateKey, kid = 'k1'): string => {
  const input = `${encoded({ alg: 'RS256', kid, typ: 'JWT' })}.${encoded(claims)}`;
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`;
};

const jwk = (key: KeyObject, kid: string) => ({
  ...key.export({ format: 'jwk' }),
  ...{ kid, use: 'sig', alg: 'RS256' },
});

/** An issuer whose keys can change and whose address can fall silent. */
const keyAddress = () => {
  const state = { keys: [jwk(first.publicKey, 'k1')], fetched: 0 };
  const fetch = async () => {
    state.fetched += 1;
    return new TextEncoder().encode(JSON.stringify({ keys: state.keys })).buffer as ArrayBuffer;
  };
  return { state, fetcher: { fetch } };
};

const request = (authorization?: string) =>
  ({ headers: authorization === undefined ? {} : { authorization } }) as unknown as PublicRequest;

const refusalOf = async (admit: ReturnType<typeof departmentAccess>, authorization?: string) => {
  const error = await admit(request(authorization)).then(
    () => assert.fail('was let in'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Refusal);
  const { status, headers } = problem(error.reason);
  return [status, headers?.['www-authenticate']];
};

test('a good token lets its client in, with its services and scopes', async () => {
  const admitted = await departmentAccess(
    { issuer, jwksUri, clients },
    keyAddress().fetcher,
  )(request(`Bearer ${signed(good())}`));
  assert.deepEqual(admitted.client, { id: 'dogs', name: 'Ympäristö', services: ['koirailmoitus'] });
  assert.deepEqual([...admitted.scopes], ['department/cases.read']);
});

const without = (name: keyof ReturnType<typeof good>) => {
  const { [name]: _, ...rest } = good();
  return rest;
};
const publicKeyAsSecret = () => {
  const input = `${encoded({ alg: 'HS256', kid: 'k1', typ: 'JWT' })}.${encoded(good())}`;
  const secret = first.publicKey.export({ type: 'spki', format: 'pem' });
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
};
const bad: Record<string, () => string> = {
  'another issuer': () => signed({ ...good(), iss: 'https://other.example' }),
  'a client nobody registered': () => signed({ ...good(), client_id: 'cats' }),
  'a client named like an inherited property': () => signed({ ...good(), client_id: 'constructor' }),
  'no client': () => signed(without('client_id')),
  'an ID token': () => signed({ ...good(), token_use: 'id' }),
  'no scope': () => signed(without('scope')),
  'a time that is over': () => signed({ ...good(), exp: seconds() - 1 }),
  'no end': () => signed(without('exp')),
  "a stranger's signature": () => signed(good(), second.privateKey),
  'no algorithm': () => `${encoded({ alg: 'none', kid: 'k1' })}.${encoded(good())}.AA`,
  'the public key taken for a secret': publicKeyAsSecret,
  'a change after signing': () => signed(good()).replace(/\.[\w-]+\./, `.${encoded({ ...good(), x: 1 })}.`),
  'no token at all': () => 'Zm9v',
};

for (const [what, token] of Object.entries(bad))
  test(`a token with ${what} is answered 401 invalid_token`, async () => {
    const admit = departmentAccess({ issuer, jwksUri, clients }, keyAddress().fetcher);
    assert.deepEqual(await refusalOf(admit, `Bearer ${token()}`), [401, 'Bearer error="invalid_token"']);
  });

test('without a token the answer says how to come in, and no error (RFC 6750, section 3.1)', async () => {
  const admit = departmentAccess({ issuer, jwksUri, clients }, keyAddress().fetcher);
  assert.deepEqual(await refusalOf(admit), [401, 'Bearer']);
});

test('a new key is asked for at once, and keys are not asked for at every request', async () => {
  const { state, fetcher } = keyAddress();
  const admit = departmentAccess({ issuer, jwksUri, clients }, fetcher);
  await admit(request(`Bearer ${signed(good())}`));
  await admit(request(`Bearer ${signed(good())}`));
  assert.equal(state.fetched, 1);
  state.keys.push(jwk(second.publicKey, 'k2'));
  await admit(request(`Bearer ${signed(good(), second.privateKey, 'k2')}`));
  assert.equal(state.fetched, 2);
});

test('a key that was taken back is trusted for an hour at most', async () => {
  const { state, fetcher } = keyAddress();
  const clock = { now: 0 };
  const admit = departmentAccess({ issuer, jwksUri, clients }, fetcher, () => clock.now);
  await admit(request(`Bearer ${signed(good())}`));
  state.keys = [jwk(second.publicKey, 'k2')];
  clock.now = 60 * 60 * 1000;
  assert.deepEqual(await refusalOf(admit, `Bearer ${signed(good())}`), [401, 'Bearer error="invalid_token"']);
});

test('a flood of unknown keys does not reach the issuer', async () => {
  const { state, fetcher } = keyAddress();
  const admit = departmentAccess({ issuer, jwksUri, clients }, fetcher);
  await admit(request(`Bearer ${signed(good())}`));
  for (let kid = 0; kid < 20; kid += 1)
    await refusalOf(admit, `Bearer ${signed(good(), second.privateKey, `unknown-${kid}`)}`);
  assert.ok(state.fetched <= 2, `asked ${state.fetched} times`);
  await admit(request(`Bearer ${signed(good())}`));
});

test('an issuer out of reach is 503 and says nothing about the token', async () => {
  const silent = { fetch: () => Promise.reject(new FetchError(jwksUri, 'no answer')) };
  const admit = departmentAccess({ issuer, jwksUri, clients }, silent);
  const [status] = await refusalOf(admit, `Bearer ${signed(good())}`);
  assert.equal(status, 503);
});
