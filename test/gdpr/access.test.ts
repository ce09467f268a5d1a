import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { Refusal } from '../../lambdas/domain/refusal.ts';
import { type GdprScope, gdprAccess } from '../../lambdas/gdpr/access.ts';
import { problem } from '../../lambdas/http/problem.ts';
import type { PublicRequest } from '../../lambdas/http/request.ts';
import { audience, ended, forged, issuer, permits, publisher, token } from './tokens.ts';

const sub: string = randomUUID();
const door = (scope: GdprScope = 'gdprquery', { fetcher } = publisher(), now = Date.now) =>
  gdprAccess({ issuer, audience, scope }, fetcher, now);

const request = (authorization: string | undefined, id = sub) =>
  ({
    headers: authorization === undefined ? {} : { authorization },
    parameters: { id },
  }) as unknown as PublicRequest;

const refusal = async (asked: Promise<unknown>) => {
  const error = await asked.then(
    () => assert.fail('was let in'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Refusal, String(error));
  return problem(error.reason).status;
};

test('a token of the profile system lets it in, for the person it names', async () => {
  const admitted = await door()(request(`Bearer ${token(sub)}`));
  assert.deepEqual([admitted.subject, admitted.isStrong], [sub, true]);
  const upper = await door()(request(`Bearer ${token(sub)}`, sub.toUpperCase()));
  assert.equal(upper.subject, sub);
  for (const [loa, isStrong] of [
    ['high', true],
    ['low', false],
    ['unknown', false],
    [undefined, false],
  ] as const)
    assert.equal((await door()(request(`Bearer ${token(sub, { loa })}`))).isStrong, isStrong, loa);
  const among = permits('other', 'gdprdelete');
  await door('gdprdelete')(request(`Bearer ${token(sub, { authorization: among })}`));
});

test('whatever is wrong with it is a 401', async () => {
  const wrong: Record<string, string | undefined> = {
    nothing: undefined,
    'no bearer': `Basic ${token(sub)}`,
    'no token': 'Bearer x',
    'forged signature': `Bearer ${forged(sub)}`,
    unsigned: `Bearer ${token(sub, {}, { alg: 'none' })}`,
    'another issuer': `Bearer ${token(sub, { iss: `${issuer}/` })}`,
    'another audience': `Bearer ${token(sub, { aud: 'asiointi' })}`,
    'no audience': `Bearer ${token(sub, { aud: undefined })}`,
    'past its time': `Bearer ${token(sub, ended)}`,
    'without an end': `Bearer ${token(sub, { exp: undefined })}`,
    'another person': `Bearer ${token(randomUUID())}`,
    'no person': `Bearer ${token(sub, { sub: undefined })}`,
    'another scope': `Bearer ${token(sub, { authorization: permits('gdprdelete') })}`,
    'a scope where OAuth has them': `Bearer ${token(sub, { authorization: undefined, scope: 'gdprquery' })}`,
    'no permissions': `Bearer ${token(sub, { authorization: { permissions: [] } })}`,
  };
  for (const [what, authorization] of Object.entries(wrong))
    assert.equal(await refusal(door()(request(authorization))), 401, what);
});

test('an address that names no UUID is a 400, for those who may ask', async () => {
  for (const id of ['', 'x', `${sub}x`, '123'])
    assert.equal(await refusal(door()(request(`Bearer ${token(sub)}`, id))), 400, id);
  assert.equal(await refusal(door()(request('Bearer x', 'x'))), 401);
});

test('the issuer’s keys are discovered once an hour, and one that is silent is no fault of the token', async () => {
  const { state, fetcher } = publisher();
  const clock = { now: Date.now() };
  const admit = door('gdprquery', { state, fetcher }, () => clock.now);
  state.isSilent = true;
  assert.equal(await refusal(admit(request(`Bearer ${token(sub)}`))), 503);
  state.isSilent = false;
  for (let call = 0; call < 3; call++) await admit(request(`Bearer ${token(sub)}`));
  assert.equal(state.asked, 3, 'once in vain, then its address and its keys');
  clock.now += 61 * 60_000;
  await admit(request(`Bearer ${token(sub)}`));
  assert.equal(state.asked, 5);
  const liar = publisher();
  liar.state.says = {
    [`${issuer}/.well-known/openid-configuration`]: {
      issuer: 'https://other.example',
      jwks_uri: `${issuer}/certs`,
    },
  };
  assert.equal(await refusal(door('gdprquery', liar)(request(`Bearer ${token(sub)}`))), 503);
});
