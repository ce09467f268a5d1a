import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  DescribeTableCommand,
  type DynamoDBClient,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import {
  createTables,
  type DynamoDb,
  dynamoClient,
  startDynamoDb,
  type TableDefinition,
} from '../../lib/local/dynamodb.ts';
import { removeExpired } from '../../lib/local/expiry.ts';
import { region } from '../../lib/local/names.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'dynamodb-'));
const credentials = { accessKeyId: 'LOCAL', secretAccessKey: 'local' };
let engine: DynamoDb;
let client: DynamoDBClient;

before(async () => {
  engine = await startDynamoDb({ dataDir, region, credentials, died: () => {} });
  client = dynamoClient(engine.url, region, credentials);
});

after(async () => {
  client.destroy();
  await engine.close();
  rmSync(dataDir, { recursive: true });
});

const table: TableDefinition = {
  TableName: 'Things',
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
};

const indexed: TableDefinition = {
  ...table,
  AttributeDefinitions: [
    ...(table.AttributeDefinitions ?? []),
    { AttributeName: 'kind', AttributeType: 'S' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'ByKind',
      KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};

test('what has expired by the given time goes, an hour late; the rest stays', async () => {
  await createTables(client, [table]);
  const now = Date.parse('2026-11-22T12:00:00Z');
  const seconds = now / 1_000;
  for (const [pk, expiresAt] of Object.entries({
    long: seconds - 7_200,
    just: seconds - 60,
    later: seconds + 60,
  }))
    await client.send(
      new PutItemCommand({
        TableName: 'Things',
        Item: { pk: { S: pk }, expiresAt: { N: String(expiresAt) } },
      }),
    );
  await client.send(new PutItemCommand({ TableName: 'Things', Item: { pk: { S: 'never' } } }));

  assert.equal(await removeExpired(client, { name: 'Things', attribute: 'expiresAt', keys: ['pk'] }, now), 1);
  const { Items = [] } = await client.send(new ScanCommand({ TableName: 'Things' }));
  assert.deepEqual(Items.map(({ pk }) => pk?.S).sort(), ['just', 'later', 'never']);
});

test('a table that is there is kept, and gets the indexes a newer template has', async () => {
  await createTables(client, [indexed]);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'Things' }));
  assert.deepEqual(
    Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName),
    ['ByKind'],
  );
  const { Count } = await client.send(new ScanCommand({ TableName: 'Things' }));
  assert.ok(Count && Count > 0);
});

test('a key that has changed is not papered over', async () => {
  const other = { ...table, KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' as const }] };
  await assert.rejects(createTables(client, [other]), /key of table Things has changed/);
});
