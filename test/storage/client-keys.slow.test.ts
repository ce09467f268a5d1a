import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodbClientKeys } from '../../lambdas/storage/client-keys.ts';
import { memorySealer } from '../../lambdas/storage/sealing.memory.ts';
import { type DynamodbLocal, dynamodbLocalIsMissing, startDynamodbLocal, tables } from './dynamodb-local.ts';

describe('client keys', { skip: dynamodbLocalIsMissing() }, () => {
  let local: DynamodbLocal;
  before(async () => {
    local = await startDynamodbLocal();
  });
  after(() => local.stop());

  test('two instances that need a key at once come to have the same; the table shows no private one', async () => {
    const sealer = memorySealer();
    const keys = () => dynamodbClientKeys(local.client, tables.sessions, sealer);
    const until = Date.now() + 1_000_000;
    const made = await Promise.all([keys().provide('sig', 7, until), keys().provide('sig', 7, until)]);
    assert.equal(made[0].kid, made[1].kid);
    assert.deepEqual(await keys().find('sig', 7), made[0]);
    assert.equal(await keys().find('enc', 7), undefined);
    const { Items = [] } = await local.client.send(new ScanCommand({ TableName: tables.sessions }));
    assert.equal(Items.length, 1);
    assert.ok(!JSON.stringify(Items).includes(String(made[0].privateKey.d)));
  });
});
