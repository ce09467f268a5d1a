import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ScanCommand, type TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Warning } from '../../lambdas/domain/contact-change.ts';
import type { Profile } from '../../lambdas/domain/profile.ts';
import type { Refusal } from '../../lambdas/domain/refusal.ts';
import { dynamodbProfiles, newOwnerId, type Profiles } from '../../lambdas/storage/profiles.ts';
import { queryAll } from '../../lambdas/storage/query.ts';
import { memorySealer } from '../../lambdas/storage/sealing.memory.ts';
import { type Unreadable, warnings } from '../../lambdas/storage/warnings.ts';
import { type DynamodbLocal, dynamodbLocalIsMissing, startDynamodbLocal, tables } from './dynamodb-local.ts';

const person = (owner: string): Profile => ({
  ...{
    owner,
    kind: 'person',
    name: 'Maija Mallikas',
    identityCode: '010190-900P',
    email: 'maija@example.fi',
  },
  ...{ channel: 'email', language: 'sv', revision: 1 },
  consent: { version: '2026-11-01', language: 'fi', at: 1_800_000_000_000 },
});
const isStale = (error: Refusal) => error.reason?.kind === 'precondition-failed';

describe('profiles', { skip: dynamodbLocalIsMissing() }, () => {
  const sealer = memorySealer();
  let engine: DynamodbLocal;
  let profiles: Profiles;
  before(async () => {
    engine = await startDynamodbLocal();
    profiles = dynamodbProfiles(engine.client, tables.profiles, sealer);
  });
  after(() => engine.stop());

  test('who registered is found by their key and read back whole; the table shows nothing personal', async () => {
    const owner = newOwnerId();
    const keys = { owner: 'key-a', person: 'key-a' };
    assert.equal(await profiles.ownerOf('key-a'), undefined);
    assert.equal(await profiles.get(owner), undefined);
    await profiles.register(person(owner), keys, owner);
    assert.equal(await profiles.ownerOf('key-a'), owner);
    assert.deepEqual(await profiles.get(owner), person(owner));
    const { Items } = await engine.client.send(new ScanCommand({ TableName: tables.profiles }));
    const text = JSON.stringify(Items, (_, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    );
    for (const secret of ['Maija', '010190', 'maija@']) assert.ok(!text.includes(secret), secret);
  });

  test('a change whose answer was lost is not refused when the client tries again; another one is', async () => {
    const owner = newOwnerId();
    await profiles.register(person(owner), { owner: 'key-r', person: 'key-r' }, owner);
    const send = async (command: TransactWriteCommand) => {
      await engine.client.send(command);
      return engine.client.send(command);
    };
    const client = { send } as unknown as DynamodbLocal['client'];
    const twice = dynamodbProfiles(client, tables.profiles, sealer);
    const changed: Profile = { ...person(owner), wanted: { phone: '+358401234567' }, revision: 2 };
    await twice.replace(changed);
    assert.deepEqual(await profiles.get(owner), changed);
    await assert.rejects(profiles.replace({ ...changed, language: 'en' }), isStale);
  });

  test('of two that register at once one makes the folder', async () => {
    const keys = { owner: 'key-b', person: 'key-b' };
    const owners = [newOwnerId(), newOwnerId()];
    const results = await Promise.allSettled(
      owners.map(owner => profiles.register(person(owner), keys, owner)),
    );
    assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    assert.ok(isStale((results.find(({ status }) => status === 'rejected') as PromiseRejectedResult).reason));
    const winner = owners[results.findIndex(({ status }) => status === 'fulfilled')];
    assert.equal(await profiles.ownerOf('key-b'), winner);
    assert.deepEqual(
      await Promise.all(owners.map(async owner => (await profiles.get(owner)) !== undefined)),
      owners.map(owner => owner === winner),
    );
  });

  test("an organisation's founder gets an id that lasts, which the own folder later takes", async () => {
    const [owner, founder] = [newOwnerId(), newOwnerId()];
    const { identityCode: _code, ...rest } = person(owner) as Extract<Profile, { kind: 'person' }>;
    const organisation: Profile = {
      ...rest,
      kind: 'organisation',
      name: 'Esimerkki ry',
      businessId: '0201256-6',
    };
    await profiles.register(organisation, { owner: 'key-org', person: 'key-founder' }, founder);
    assert.deepEqual(await profiles.get(owner), organisation);
    assert.equal(await profiles.ownerOf('key-founder'), founder);
    assert.equal(await profiles.get(founder), undefined);
    await profiles.register(person(founder), { owner: 'key-founder', person: 'key-founder' }, founder);
    assert.equal((await profiles.get(founder))?.name, 'Maija Mallikas');
  });

  test('a colleague is one person, however many sign in at once', async () => {
    const proposed = Array.from({ length: 5 }, newOwnerId);
    const ids = await Promise.all(proposed.map(id => profiles.personOf('key-colleague', id)));
    assert.equal(new Set(ids).size, 1);
    assert.equal(await profiles.personOf('key-colleague', newOwnerId()), ids[0]);
  });

  test('what is owed to an old address is written with the change or not at all, sealed, of nobody, for one sender at a time', async () => {
    const owner = newOwnerId();
    await profiles.register(person(owner), { owner: 'key-w', person: 'key-w' }, owner);
    const at = 1_800_000_000_000;
    const owed = (id: string, address: string, late = 0): Warning => ({
      ...{ id, field: 'email', address, language: 'sv', at: at + late },
    });
    const changed: Profile = { ...person(owner), email: 'uusi@example.fi', revision: 2 };
    await profiles.replace(changed, [owed('w2', 'toinen@example.fi', 1), owed('w1', 'maija@example.fi')]);
    await assert.rejects(profiles.replace(changed, [owed('w3', 'kolmas@example.fi')]), isStale);

    const table = { client: engine.client, table: tables.profiles };
    const rows = await queryAll(table, {
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': 'WARNINGS' },
    });
    assert.deepEqual(rows.map(({ sk }) => sk).sort(), ['w1', 'w2']);
    const text = JSON.stringify(rows.map(row => ({ ...row, sealed: Buffer.from(row.sealed as Uint8Array) })));
    for (const secret of ['example', owner]) assert.ok(!text.includes(secret), secret);

    const store = warnings({ ...table, sealer });
    const due = async (now: number): Promise<readonly (Warning | Unreadable)[]> => {
      const found: (Warning | Unreadable)[] = [];
      for await (const warning of store.due(now)) found.push(warning);
      return found;
    };
    assert.deepEqual(await due(at + 599_999), [], 'whoever changed it is telling them now');
    const later = at + 600_001;
    const both = await Promise.all([due(later), due(later)]);
    assert.deepEqual(
      both
        .flat()
        .map(({ address }) => address)
        .sort(),
      ['maija@example.fi', 'toinen@example.fi'],
    );
    assert.deepEqual(await due(later + 599_999), []);
    assert.deepEqual(
      (await due(later + 600_000)).map(({ id }) => id),
      ['w1', 'w2'],
    );
    await store.settle({ id: 'w1' });
    await store.settle({ id: 'w1' });
    assert.deepEqual(await due(later + 1_200_000), [owed('w2', 'toinen@example.fi', 1)]);
  });

  test('a change follows the revision that was read', async () => {
    const owner = newOwnerId();
    await profiles.register(person(owner), { owner: 'key-c', person: 'key-c' }, owner);
    const changed: Profile = { ...person(owner), phone: '+358401234567', channel: 'sms', revision: 2 };
    await profiles.replace(changed);
    assert.deepEqual(await profiles.get(owner), changed);
    await assert.rejects(profiles.replace(changed), isStale);
    await assert.rejects(profiles.replace({ ...changed, revision: 4 }), isStale);
    await assert.rejects(profiles.replace({ ...changed, owner: newOwnerId() }), isStale);
  });
});
