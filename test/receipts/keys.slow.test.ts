import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { KMSClient } from '@aws-sdk/client-kms';
import type { ReceiptStatement } from '../../lambdas/domain/receipt.ts';
import { checkReceipt, findReceipt, holds } from '../../lambdas/receipts/check.ts';
import { receiptKeys } from '../../lambdas/storage/receipt-keys.ts';
import { startKms } from '../../lib/local/engines/kms.ts';
import type { Engine } from '../../lib/local/engines/server.ts';
import {
  type DynamodbLocal,
  dynamodbLocalIsMissing,
  startDynamodbLocal,
  tables,
} from '../storage/dynamodb-local.ts';

const statement: ReceiptStatement = {
  iss: 'https://asiointi.example',
  iat: 1,
  caseNumber: 'HEL-2026-000001',
  service: 's',
  form: 'f',
  formVersion: 'v',
  submittedAt: '2026-11-23T08:00:00.000Z',
  contentSha256: '00',
  stored: true,
};

describe('keys of receipts', { skip: dynamodbLocalIsMissing() }, () => {
  let local: DynamodbLocal;
  let engine: Engine;
  let dataDir: string;
  before(async () => {
    local = await startDynamodbLocal();
    dataDir = mkdtempSync(join(tmpdir(), 'kms-'));
    const keys = ['Receipts1', 'Receipts2'].map(id => ({ id, kind: 'sign' as const }));
    engine = await startKms({ dataDir, keys });
  });
  after(async () => {
    await engine.close();
    rmSync(dataDir, { recursive: true });
    await local.stop();
  });

  const keysOf = (keyId: string, client: Pick<DynamodbLocal['client'], 'send'> = local.client) =>
    receiptKeys({
      client,
      table: tables.cases,
      kms: new KMSClient({
        endpoint: engine.url,
        region: 'eu-north-1',
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      }),
      keyId,
    });

  test('what an old key signed can be checked when a new one signs', async () => {
    const first = await keysOf('Receipts1').sign(statement);
    const newer = keysOf('Receipts2');
    const before = await newer.published();
    assert.equal(before.length, 2, 'the key in use is published before it signs');
    const second = await newer.sign(statement);
    for (const jws of [first, second]) {
      const found = findReceipt(jws);
      assert.ok(found && holds(checkReceipt(found, await keysOf('Receipts2').published())));
    }
    assert.deepEqual(await newer.published(), before);
    assert.ok(!JSON.stringify(before).includes('"d"'), 'nothing private');
  });

  test('a key that could not be published signs nothing', async () => {
    const broken = { send: () => Promise.reject(new Error('no table')) } as never;
    await assert.rejects(keysOf('Receipts1', broken).sign(statement), /no table/);
  });
});
