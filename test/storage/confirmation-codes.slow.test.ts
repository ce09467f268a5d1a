import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { codesPerDay, codesPerHour, codeTries } from '../../lambdas/domain/contact-change.ts';
import type { Refusal } from '../../lambdas/domain/refusal.ts';
import { type ConfirmationCodes, confirmationCodes } from '../../lambdas/storage/confirmation-codes.ts';
import { memorySealer } from '../../lambdas/storage/sealing.memory.ts';
import { type DynamodbLocal, dynamodbLocalIsMissing, startDynamodbLocal, tables } from './dynamodb-local.ts';

const now = 1_800_000_000_000;
const email = { field: 'email', address: 'maija@example.fi' } as const;
const other = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('codes that confirm an address', { skip: dynamodbLocalIsMissing() }, () => {
  let engine: DynamodbLocal;
  let codes: ConfirmationCodes;
  before(async () => {
    engine = await startDynamodbLocal();
    codes = confirmationCodes({ client: engine.client, table: tables.sessions, sealer: memorySealer() });
  });
  after(() => engine.stop());

  test('are right for their owner, field and address only, and in time', async () => {
    const code = await codes.issue('owner', 'owner-key', email, now);
    const check = (owner: string, address: typeof email | { field: 'phone'; address: string }, at = now) =>
      codes.check(owner, address, code, at);
    assert.deepEqual(await check('stranger', email), { is: 'expired' });
    assert.deepEqual(await check('owner', { field: 'phone', address: email.address }), { is: 'expired' });
    assert.equal(
      (await codes.check('owner', { ...email, address: 'x@example.fi' } as never, code, now)).is,
      'wrong',
    );
    assert.deepEqual(await check('owner', email), { is: 'right' });
    assert.deepEqual(await check('owner', email, now + 15 * 60_000), { is: 'expired' });
  });

  test('are tried a few times, however many guess at once', async () => {
    const code = await codes.issue('guessed', 'guessed-key', email, now);
    const guesses = await Promise.all(
      Array.from({ length: 12 }, () => codes.check('guessed', email, other(code), now)),
    );
    assert.equal(guesses.filter(({ is }) => is === 'wrong').length, codeTries);
    assert.deepEqual(await codes.check('guessed', email, code, now), { is: 'expired' });
    const next = await codes.issue('guessed', 'guessed-key', email, now);
    assert.deepEqual(await codes.check('guessed', email, next, now), { is: 'right' });
  });

  test('are few in an hour', async () => {
    const asked = await Promise.allSettled(
      Array.from({ length: codesPerHour + 3 }, () => codes.issue('eager', 'eager-key', email, now)),
    );
    const refused = asked.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    assert.equal(refused.length, 3);
    for (const { reason } of refused) assert.equal((reason as Refusal).reason.kind, 'too-many-codes');
    assert.match(await codes.issue('eager', 'eager-key', email, now + 3_600_000), /^\d{6}$/);
  });

  test('are few for a person, whatever folder they ask from, and few in a day', async () => {
    const day = Math.ceil(now / 86_400_000) * 86_400_000;
    const ask = (count: number, hour: number) =>
      codes.issue(`folder ${count}`, 'persistent-key', email, day + hour * 3_600_000);
    for (let count = 0; count < codesPerHour; count++) await ask(count, 0);
    await assert.rejects(ask(codesPerHour, 0), /too-many-codes/);
    for (let count = codesPerHour; count < codesPerDay; count++)
      await ask(count, Math.floor(count / codesPerHour));
    await assert.rejects(ask(codesPerDay, 12), /too-many-codes/);
    assert.match(await ask(0, 24), /^\d{6}$/);
  });

  test('are not in the table, nor is where they went', async () => {
    const code = await codes.issue('hidden', 'hidden-key', email, now);
    const { Items = [] } = await engine.client.send(
      new QueryCommand({
        TableName: tables.sessions,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': 'CODE#hidden' },
      }),
    );
    assert.equal(Items.length, 1);
    for (const item of Items) {
      assert.ok(Number(item.expiresAt) * 1000 <= now + 2 * 3_600_000 + 1000);
      const text = JSON.stringify({ ...item, sealed: Buffer.from(item.sealed ?? '').toString('latin1') });
      assert.ok(!text.includes(code) && !text.includes(email.address));
    }
  });
});
