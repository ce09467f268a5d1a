import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Refusal } from '../../lambdas/domain/refusal.ts';
import { idHashOf } from '../../lambdas/storage/cookie-sealing.ts';
import { askedAnHour, dynamodbMandates } from '../../lambdas/storage/mandates.ts';
import type { Acting, NewSession } from '../../lambdas/storage/session-rows.ts';
import { dynamodbSessions, type Sessions } from '../../lambdas/storage/sessions.ts';
import { dynamodbSignIns, type SignIn, type SignIns } from '../../lambdas/storage/sign-ins.ts';
import { type DynamodbLocal, dynamodbLocalIsMissing, startDynamodbLocal, tables } from './dynamodb-local.ts';

const start = 1_800_000_000_000;
const begun: NewSession = {
  ...{
    owner: 'owner-1',
    person: 'person-1',
    kind: 'organisation',
    registered: false,
    method: 'bank',
    startedAt: start,
  },
  identity: {
    name: 'Maija Mallikas',
    identityCode: '010190-900P',
    organisation: { name: 'Esimerkki ry', businessId: '0201256-6' },
  },
  identityKeys: { owner: 'key-1', person: 'key-2' },
  ...{
    issuer: 'https://issuer.example',
    sid: 'sid-1',
    subject: 'sub-1',
    signOutHint: { logout_hint: 'sid-1' },
  },
};

describe('sessions', { skip: dynamodbLocalIsMissing() }, () => {
  let engine: DynamodbLocal;
  let sessions: Sessions;
  let signIns: SignIns;
  before(async () => {
    engine = await startDynamodbLocal();
    sessions = dynamodbSessions(engine.client, tables.sessions);
    signIns = dynamodbSignIns(engine.client, tables.sessions);
  });
  after(() => engine.stop());

  const rowsOf = async (cookie: string) => {
    const { Items = [] } = await engine.client.send(
      new QueryCommand({
        TableName: tables.sessions,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `SESSION#${idHashOf(cookie)}` },
      }),
    );
    return Items;
  };

  test('what was begun is found by its cookie, and by nothing else', async () => {
    const cookie = await sessions.create(begun);
    assert.match(cookie, /^[\w-]{43}$/);
    const { issuer: _i, sid: _s, subject: _u, signOutHint: _h, ...session } = begun;
    assert.deepEqual(await sessions.find(cookie), {
      ...session,
      idHash: idHashOf(cookie),
      lastUsedAt: start,
    });
    assert.equal(await sessions.find(idHashOf(cookie)), undefined);
    assert.equal(await sessions.find('x'), undefined);
  });

  test('the table alone opens nothing: no cookie, name, code or hint is readable in it, and it forgets', async () => {
    const cookie = await sessions.create(begun);
    const rows = await rowsOf(cookie);
    const text = JSON.stringify(rows, (_, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    );
    for (const secret of [cookie, 'Maija', '010190', 'Esimerkki', '0201256', 'sid-1', 'key-1'])
      assert.ok(!text.includes(secret), secret);
    assert.equal(rows.length, 2);
    for (const { expiresAt } of rows) assert.equal(expiresAt, start / 1000 + 13 * 3600);
  });

  test('a use is written; after the end nothing brings it back', async () => {
    const cookie = await sessions.create(begun);
    const session = { idHash: idHashOf(cookie), owner: begun.owner };
    await sessions.touch(session, start + 60_000);
    await sessions.register({ ...session, owner: 'another' }, 'owner-x', 'person-x');
    await sessions.register(session, 'owner-2', 'person-2');
    const found = await sessions.find(cookie);
    assert.ok(found && 'owner' in found);
    assert.deepEqual(
      [found.lastUsedAt, found.owner, found.person, found.registered],
      [start + 60_000, 'owner-2', 'person-2', true],
    );
    await sessions.end(session.idHash);
    await sessions.end(session.idHash);
    await sessions.touch(session, start + 120_000);
    await sessions.register({ ...session, owner: 'owner-2' }, 'owner-3', 'person-3');
    assert.deepEqual(await sessions.find(cookie), { ended: 'signed-out' });
    const [row] = (await rowsOf(cookie)).filter(({ sk }) => sk === 'SESSION');
    assert.deepEqual([row?.sealed, row?.owner, row?.person], [undefined, undefined, undefined]);
    await sessions.touch({ idHash: idHashOf('never') }, start);
    assert.equal(await sessions.find('never'), undefined);
  });

  test('acts for another, by a mandate that may be lost; what was read meanwhile decides nothing, nor does an ended session', async () => {
    const cookie = await sessions.create(begun);
    const found = async () => {
      const session = await sessions.find(cookie);
      assert.ok(session && 'owner' in session);
      return session;
    };
    const organisation = { name: 'Toinen Oy', businessId: '0737546-2' };
    const acting: Acting = {
      ...{ owner: 'owner-o', person: begun.person, registered: false },
      kind: 'organisation',
      identity: { name: 'Maija', organisation },
      identityKeys: { owner: 'key-o', person: 'key-1' },
      mandate: { roles: ['TJ'], checkedAt: start + 1, isLost: false },
    };
    assert.equal(await sessions.actFor(cookie, acting, 'another'), false);
    assert.equal((await found()).owner, begun.owner);
    assert.equal(await sessions.actFor(cookie, acting, begun.owner), true);
    const {
      idHash,
      startedAt: _startedAt,
      lastUsedAt: _lastUsedAt,
      method: _method,
      ...rest
    } = await found();
    assert.deepEqual(rest, acting);
    await sessions.loseMandate({ idHash, owner: begun.owner });
    assert.equal((await found()).mandate?.isLost, false, 'that was another folder’s');
    await sessions.loseMandate({ idHash, owner: 'owner-o' });
    assert.deepEqual((await found()).mandate, { roles: ['TJ'], checkedAt: start + 1, isLost: true });
    const { mandate: _mandate, ...oneself } = { ...acting, ...{ kind: 'person' as const, owner: 'owner-p' } };
    assert.equal(await sessions.actFor(cookie, oneself, 'owner-o'), true);
    assert.equal((await found()).mandate, undefined);
    await sessions.end(idHash);
    assert.equal(await sessions.actFor(cookie, acting, 'owner-p'), false);
    assert.deepEqual(await sessions.find(cookie), { ended: 'signed-out' });
  });

  test('a mandate is confirmed as it was when the register was asked: what was found since stands', async () => {
    const asked = { roles: ['NIMKO'], checkedAt: start, isLost: false };
    const cookie = await sessions.create({ ...begun, mandate: asked });
    const found = async () => {
      const session = await sessions.find(cookie);
      assert.ok(session && 'owner' in session);
      return session;
    };
    const keep = (checkedAt: number, before: number) => {
      const mandate = { roles: ['TJ'], checkedAt, isLost: false };
      return sessions.keepMandate(
        cookie,
        { ...begun, mandate },
        { owner: begun.owner, mandate: { ...asked, checkedAt: before } },
      );
    };
    assert.equal(await keep(start + 2, start), true);
    assert.deepEqual((await found()).mandate, { roles: ['TJ'], checkedAt: start + 2, isLost: false });
    assert.equal(await keep(start + 1, start), false, 'a newer answer stands');
    await sessions.loseMandate(await found());
    assert.equal(await keep(start + 3, start + 2), false);
    assert.equal((await found()).mandate?.isLost, true);
  });

  test('what the register of mandates said lies sealed beside the session, and a visit to it is that session’s, once', async () => {
    const mandates = dynamodbMandates(engine.client, tables.sessions);
    const [mine, other] = [await sessions.create(begun), await sessions.create(begun)];
    const held = {
      access: { session: 'visit-1', token: 'token-1' },
      mandates: [{ businessId: '0737546-2', name: 'Toinen Oy', roles: ['TJ'] }],
    };
    await mandates.hold(begun, mine, held);
    assert.deepEqual(await mandates.held(mine), held);
    assert.equal(await mandates.held(other), undefined);
    const choosing = { registerSession: 'visit-2', language: 'sv', startedAt: start } as const;
    await mandates.begin('state-1', mine, { ...choosing, returnPath: '/sv/' });
    assert.deepEqual(await mandates.take('state-1', mine), { ...choosing, returnPath: '/sv/' });
    assert.equal(await mandates.take('state-1', mine), undefined);
    await mandates.begin('state-2', mine, choosing);
    assert.equal(await mandates.take('state-2', other), undefined);
    const text = JSON.stringify(await rowsOf(mine), (_, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    );
    for (const secret of ['visit-1', 'token-1', 'Toinen', '0737546'])
      assert.ok(!text.includes(secret), secret);
  });

  test('questions to the register of mandates are counted by session and hour', async () => {
    const mandates = dynamodbMandates(engine.client, tables.sessions);
    const [mine, other] = [await sessions.create(begun), await sessions.create(begun)];
    for (let asked = 0; asked < askedAnHour; asked++) assert.equal(await mandates.mayAsk(mine, start), true);
    assert.equal(await mandates.mayAsk(mine, start), false);
    assert.equal(await mandates.mayAsk(other, start), true);
    assert.equal(await mandates.mayAsk(mine, start + 60 * 60 * 1000), true);
  });

  test('a logout elsewhere ends the sessions of its sid, or of its subject, and no others', async () => {
    const { issuer } = begun;
    const of = (sid: string, subject: string) => sessions.create({ ...begun, sid, subject });
    const [a, b, c] = [await of('sid-a', 'sub-x'), await of('sid-b', 'sub-x'), await of('sid-c', 'sub-y')];
    const living = async (cookie: string) => 'owner' in ((await sessions.find(cookie)) ?? {});
    await sessions.endAll({ issuer: 'https://other.example', by: 'sid', value: 'sid-a' }, start);
    await sessions.endAll({ issuer, by: 'sub', value: 'sid-a' }, start);
    assert.ok(await living(a));
    await sessions.endAll({ issuer, by: 'sid', value: 'sid-a' }, start);
    assert.deepEqual([await living(a), await living(b), await living(c)], [false, true, true]);
    await sessions.endAll({ issuer, by: 'sub', value: 'sub-x' }, start);
    assert.deepEqual([await living(b), await living(c)], [false, true]);
  });

  test('a logout that overtakes a sign-in begun before it leaves no session; the next sign-in has one', async () => {
    const { issuer } = begun;
    const race = { ...begun, sid: 'sid-race', subject: 'sub-race', startedAt: start + 2000 };
    const isRefused = ({ reason }: Refusal) => reason.kind === 'session-expired';
    await sessions.endAll({ issuer, by: 'sid', value: 'sid-race' }, start + 1000);
    await assert.rejects(sessions.create(race, start), isRefused);
    assert.ok(await sessions.create({ ...race, sid: 'another' }, start));
    assert.ok(await sessions.create(race, start + 1000));
    await sessions.endAll({ issuer, by: 'sub', value: 'sub-race' }, start + 3000);
    await assert.rejects(sessions.create({ ...race, sid: 'another' }, start + 2000), isRefused);
    assert.ok(await sessions.create(race, start + 3000));
  });

  test('however a logout and a sign-in meet, nothing of it lives on', async () => {
    const { issuer } = begun;
    for (let round = 0; round < 20; round++) {
      const sid = `sid-${round}-met`;
      const [made] = await Promise.allSettled([
        sessions.create({ ...begun, sid, subject: sid }, start),
        sessions.endAll({ issuer, by: 'sid', value: sid }, start + 1),
      ]);
      if (made.status === 'fulfilled')
        assert.deepEqual(await sessions.find(made.value), { ended: 'signed-out' });
    }
  });

  test('the hint for the provider is given once', async () => {
    const cookie = await sessions.create(begun);
    assert.deepEqual(await sessions.takeSignOutHint(cookie), begun.signOutHint);
    assert.deepEqual(await sessions.takeSignOutHint(cookie), {});
  });

  test('a check costs one read unit, a use one write unit', async () => {
    const cookie = await sessions.create(begun);
    const Key = { pk: `SESSION#${idHashOf(cookie)}`, sk: 'SESSION' };
    const ask = new GetCommand({
      ...{ TableName: tables.sessions, Key },
      ...{ ConsistentRead: true, ReturnConsumedCapacity: 'TOTAL' as const },
    });
    assert.equal((await engine.client.send(ask)).ConsumedCapacity?.CapacityUnits, 1);
    const units: number[] = [];
    const watched = DynamoDBDocumentClient.from(
      new DynamoDBClient({
        endpoint: engine.url,
        region: 'eu-north-1',
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      }),
    );
    watched.middlewareStack.add(
      next => async args => {
        Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
        const result = await next(args);
        const { ConsumedCapacity } = result.output as { ConsumedCapacity?: { CapacityUnits?: number } };
        units.push(ConsumedCapacity?.CapacityUnits ?? 0);
        return result;
      },
      { step: 'initialize' },
    );
    await dynamodbSessions(watched, tables.sessions).touch({ idHash: idHashOf(cookie) }, start + 60_000);
    assert.deepEqual(units, [1]);
    watched.destroy();
  });

  test('a sign-in is taken once, a logout token is new once', async () => {
    const signIn: SignIn = {
      ...{ browserHash: 'b', nonce: 'n', codeVerifier: 'v', returnPath: '/fi/oma/', startedAt: start },
      as: 'person',
      language: 'fi',
    };
    await signIns.begin('state-1', signIn);
    const [one, two] = await Promise.all([signIns.take('state-1'), signIns.take('state-1')]);
    assert.deepEqual([one, two].filter(Boolean).length, 1);
    const { pk: _pk, sk: _sk, expiresAt: _e, ...taken } = (one ?? two) as Record<string, unknown>;
    assert.deepEqual(taken, signIn);
    assert.equal(await signIns.take('state-2'), undefined);
    assert.equal(await signIns.isLogoutDone('j'), false);
    await signIns.logoutDone('j', start);
    await signIns.logoutDone('j', start);
    assert.deepEqual([await signIns.isLogoutDone('j'), await signIns.isLogoutDone('k')], [true, false]);
  });
});
