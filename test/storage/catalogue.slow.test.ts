import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { countedAMinute, dayOf, popularDays } from '../../lambdas/domain/popularity.ts';
import { bulletins } from '../../lambdas/storage/bulletins.ts';
import { openings } from '../../lambdas/storage/openings.ts';
import { type DynamodbLocal, dynamodbLocalIsMissing, startDynamodbLocal, tables } from './dynamodb-local.ts';

const now = Date.UTC(2026, 10, 23, 10);
const minute = 60_000;
const text = { fi: 'Katko', sv: 'Avbrott', en: 'Break' };
const announced = (id: string, from: number, until: number) => ({ id, text, from, until });

describe('the table of what everybody may see', { skip: dynamodbLocalIsMissing() }, () => {
  let local: DynamodbLocal;
  before(async () => {
    local = await startDynamodbLocal();
  });
  after(() => local.stop());

  const table = () => ({ client: local.client, table: tables.catalogue });
  const row = async (pk: string, sk: string) =>
    (await local.client.send(new GetCommand({ TableName: tables.catalogue, Key: { pk, sk } }))).Item;

  test('a bulletin is its client’s: the same name of two is two, and neither reaches the other’s', async () => {
    const store = bulletins(table());
    const katko = announced('katko', now, now + minute);
    assert.equal(await store.put('a', katko, now), 'created');
    assert.equal(await store.put('a', katko, now), 'replaced');
    assert.equal(await store.put('b', { ...katko, text: { ...text, fi: 'Toinen' } }, now), 'created');
    // A client whose name begins with another's.
    assert.equal(await store.put('ab', katko, now), 'created');
    assert.deepEqual(await store.of('a', now), [katko]);
    assert.equal((await store.all(now)).length, 3);
    await assert.rejects(store.remove('c', 'katko', now), { reason: { kind: 'not-found' } });
    await store.remove('b', 'katko', now);
    await assert.rejects(store.remove('b', 'katko', now), { reason: { kind: 'not-found' } });
    assert.deepEqual(await store.of('a', now), [katko]);
  });

  test('one that has ended is gone at that very moment, and its row soon after', async () => {
    const store = bulletins(table());
    const until = now + 90_500;
    await store.put('ending', announced('x', now, until), now);
    assert.equal((await store.of('ending', until - 1)).length, 1);
    assert.deepEqual(await store.of('ending', until), []);
    await assert.rejects(store.remove('ending', 'x', until), { reason: { kind: 'not-found' } });
    assert.equal(await store.put('ending', announced('x', until, until + minute), until), 'created');
    assert.equal((await row('BULLETIN', 'ending#x'))?.expiresAt, Math.ceil((until + minute) / 1_000));
  });

  test('openings are counted by service and day, so many a minute and no more', async () => {
    const counts = openings(table());
    const day = dayOf(now);
    const added = await Promise.all(Array.from({ length: 2 * countedAMinute }, () => counts.add('s', now)));
    assert.equal(added.filter(Boolean).length, countedAMinute);
    assert.equal(await counts.add('other', now), true);
    assert.equal(await counts.add('s', now + minute), true);
    assert.deepEqual(
      await counts.of(day),
      new Map([
        ['other', 1],
        ['s', countedAMinute + 1],
      ]),
    );
    assert.deepEqual(await counts.of('2026-11-22'), new Map());
    const kept = await row(`OPENINGS#${day}`, 's');
    assert.deepEqual(Object.keys(kept ?? {}).sort(), [
      'expiresAt',
      'inMinute',
      'minute',
      'openings',
      'pk',
      'sk',
    ]);
    assert.equal(kept?.expiresAt, (now + minute) / 1_000 + popularDays * 86_400);
  });
});
