import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Refusal } from '../../lambdas/domain/refusal.ts';
import { eAuthorizations, type RegisterSettings, signatureOf } from '../../lambdas/mandates/register.ts';
import { people } from '../../lib/local/engines/identity/people.ts';
import { type MandatesEngine, mandatesEngine } from '../../lib/local/engines/mandates.ts';
import { type Engine, listen } from '../../lib/local/engines/server.ts';

test('signs a call as the register’s own example has it', () => {
  const path =
    '/service/hpa/user/register/ed4b7ae7/080297-915A?requestId=02fd35dc-99e6-477b-b6e2-03f02cbf3666';
  assert.equal(
    signatureOf('ed4b7ae7', '3ba56df8-88b8-4805-9b04-2f8e7a61', path, '2017-02-09T10:29:42.090000+00:00'),
    'ed4b7ae7 2017-02-09T10:29:42.090000+00:00 GeRKoGmGd0RFk33s2vNHutJf/TrEdwSM2Vb7qWXLESY=',
  );
});

const isUnavailable = ({ reason }: Refusal) => reason.kind === 'mandate-unavailable';

describe('the register of mandates', () => {
  const portal = 'http://localhost:9';
  const mikko = people.find(({ organisations }) => organisations.length > 1);
  let server: Engine;
  let engine: MandatesEngine;
  let asked: string[] = [];
  /** Answers this to so many calls, as a register that stumbles. */
  let stumbles: { status: number; times: number } | undefined;
  let settings: RegisterSettings;

  before(async () => {
    assert.ok(mikko?.identityCode);
    engine = mandatesEngine({
      ...{ clientId: 'asiointi', secret: 'secret', apiKey: 'key', now: Date.now },
      redirectUri: `${portal}/api/auth/mandate/callback`,
      service: { fi: 'Asiointi', sv: 'Asiointi', en: 'Asiointi' },
    });
    server = await listen((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      if (stumbles && stumbles.times-- > 0)
        return void response.writeHead(stumbles.status, { location: '/elsewhere' }).end('{}');
      return engine.handle(request, response);
    });
    settings = {
      ...{ MANDATES_URL: server.url, MANDATES_CLIENT_ID: 'asiointi', PORTAL_URL: portal },
      ...{ MANDATES_SECRET: 'secret', MANDATES_API_KEY: 'key' },
    };
  });
  beforeEach(() => {
    asked = [];
    stumbles = undefined;
  });
  after(() => server.close());

  const register = (changed: Partial<RegisterSettings> = {}, now = Date.now) =>
    eAuthorizations({ ...settings, ...changed }, now);

  /** What the browser does on the register's page; answers where it is sent. */
  const pick = async (page: string, organisation: string): Promise<URL> => {
    const shown = await fetch(page);
    assert.equal(shown.status, 200);
    assert.match(await shown.text(), /Valitse yritys tai yhteisö/);
    const body = new URLSearchParams({ organisation });
    for (const name of ['user', 'state']) body.set(name, new URL(page).searchParams.get(name) ?? '');
    const answer = await fetch(new URL('/oauth/authorize', page), {
      method: 'POST',
      redirect: 'manual',
      body,
    });
    return new URL(answer.headers.get('location') ?? '');
  };

  const visited = async (organisation: string) => {
    const visit = await register().begin(mikko?.identityCode ?? '');
    const back = await pick(register().choiceUrl(visit.user, 'state-1', 'fi'), organisation);
    return register().redeem(visit, back.searchParams.get('code') ?? '');
  };

  test('four calls tell what a person may act for, and take `state` along', async () => {
    const visit = await register().begin(mikko?.identityCode ?? '');
    const page = register().choiceUrl(visit.user, 'state-1', 'fi');
    assert.ok(!page.includes(mikko?.identityCode ?? ''), 'nor is the code in the browser’s address');
    const back = await pick(page, '0990012-8');
    assert.equal(back.searchParams.get('state'), 'state-1');
    const access = await register().redeem(visit, back.searchParams.get('code') ?? '');
    assert.deepEqual(await register().mandates(access), [
      { businessId: '0990012-8', name: 'Koeajo Oy', roles: ['TJ', 'PJ'] },
    ]);
    const code = back.searchParams.get('code') ?? '';
    await assert.rejects(register().redeem(visit, code), isUnavailable, 'a code is good once');
  });

  test('what is taken away is gone with the next call; all may be picked; leaving picks none', async () => {
    const [all, none] = [await visited('all'), await visited('0000000-0')];
    assert.equal((await register().mandates(all))?.length, 2);
    assert.deepEqual(await register().mandates(none), []);
    engine.change({ person: mikko?.id, businessId: '0990012-8', roles: [] });
    assert.deepEqual(
      (await register().mandates(all))?.map(({ businessId }) => businessId),
      ['0990001-3'],
    );
    engine.change({ person: mikko?.id, businessId: '0990012-8', roles: ['TJ', 'PJ'] });
    const visit = await register().begin(mikko?.identityCode ?? '');
    const left = await pick(register().choiceUrl(visit.user, 's', 'fi'), 'cancel');
    assert.deepEqual(
      [left.searchParams.get('error'), left.searchParams.get('code')],
      ['access_denied', null],
    );
  });

  test('a wrong secret, key, client or clock is refused there', async () => {
    const code = mikko?.identityCode ?? '';
    for (const wrong of [{ MANDATES_SECRET: 'other' }, { MANDATES_CLIENT_ID: 'other' }])
      await assert.rejects(register(wrong).begin(code), isUnavailable, JSON.stringify(wrong));
    await assert.rejects(register({}, () => Date.now() - 6 * 60_000).begin(code), isUnavailable);
    const visit = await register().begin(code);
    const back = await pick(register().choiceUrl(visit.user, 's', 'fi'), 'all');
    const wrongKey = register({ MANDATES_API_KEY: 'other' });
    await assert.rejects(wrongKey.redeem(visit, back.searchParams.get('code') ?? ''), isUnavailable);
    const access = await visited('all');
    assert.equal(await register({ MANDATES_SECRET: 'other' }).mandates(access), undefined);
    assert.equal(await register().mandates({ ...access, token: 'other' }), undefined);
  });

  test('what fails in passing is asked once more, signed anew; what stays down is said to be', async () => {
    stumbles = { status: 503, times: 1 };
    const visit = await register().begin(mikko?.identityCode ?? '');
    assert.ok(visit.session);
    assert.equal(asked.length, 2);
    assert.notEqual(asked[0], asked[1], 'each with a request id of its own');
    stumbles = { status: 503, times: 9 };
    await assert.rejects(register().begin(mikko?.identityCode ?? ''), isUnavailable);
    asked = [];
    await assert.rejects(register().redeem(visit, 'code'), isUnavailable);
    assert.equal(asked.length, 1, 'a code is redeemed once or not at all');
    stumbles = { status: 302, times: 9 };
    await assert.rejects(
      register().begin(mikko?.identityCode ?? ''),
      isUnavailable,
      'nor follows it elsewhere',
    );
    assert.ok(!asked.some(call => call.includes('/elsewhere')));
    await assert.rejects(
      register({ MANDATES_URL: 'http://127.0.0.1:9' }).begin(mikko?.identityCode ?? ''),
      error => isUnavailable(error as Refusal) && !String((error as Error).stack).includes('150778'),
    );
  });

  test('an answer that is none, and organisations that cannot be, let nobody in', async () => {
    const answering = (body: unknown) =>
      eAuthorizations(settings, Date.now, async () => new Response(JSON.stringify(body)));
    await assert.rejects(answering({}).begin('x'), isUnavailable);
    await assert.rejects(answering({ mandates: [] }).mandates({ session: 's', token: 't' }), isUnavailable);
    const odd = [
      { identifier: '0990012-9', name: 'Väärä tarkiste Oy', roles: ['TJ'] },
      { identifier: '0990012-8', name: 'Ilman rooleja Oy', roles: [] },
    ];
    assert.deepEqual(await answering(odd).mandates({ session: 's', token: 't' }), []);
  });
});
