import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
// The client signs with SigV4A and does not bring it along; without this import every call throws.
import '@aws-sdk/signature-v4a';
import {
  CloudFrontKeyValueStoreClient,
  DeleteKeyCommand,
  DescribeKeyValueStoreCommand,
  GetKeyCommand,
  ListKeysCommand,
  PutKeyCommand,
  UpdateKeysCommand,
} from '@aws-sdk/client-cloudfront-keyvaluestore';
import { type KeyValueStore, startKeyValueStore } from '../../lib/local/engines/key-value-store.ts';
import { resolveLocalhostNames } from '../../lib/local/engines/localhost-names.ts';

const KvsARN = 'arn:aws:cloudfront::000000000000:key-value-store/6f2b1a0c-0000-4000-8000-000000000000';
let dataDir: string;
let store: KeyValueStore;
let client: CloudFrontKeyValueStoreClient;

/** As the local run gives it to an unmodified function: by the environment, with the host `localhost`. */
const start = async () => {
  store = await startKeyValueStore({ dataDir, now: Date.now });
  process.env.AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE = store.url.replace('127.0.0.1', 'localhost');
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new CloudFrontKeyValueStoreClient({ region: 'eu-north-1', credentials });
};
const etag = async () => (await client.send(new DescribeKeyValueStoreCommand({ KvsARN }))).ETag;

before(async () => {
  resolveLocalhostNames();
  dataDir = mkdtempSync(join(tmpdir(), 'kvs-'));
  await start();
});
after(async () => {
  client.destroy();
  await store.close();
  rmSync(dataDir, { recursive: true });
});

test('a pointer is switched, read by functions, and stands after a restart', async () => {
  await client.send(new PutKeyCommand({ KvsARN, Key: 'catalogue', Value: 'v1', IfMatch: await etag() }));
  assert.equal(store.get('catalogue'), 'v1');
  await store.close();
  client.destroy();
  await start();
  assert.equal((await client.send(new GetKeyCommand({ KvsARN, Key: 'catalogue' }))).Value, 'v1');
});

test('who read an older state cannot write over a newer one', async () => {
  const IfMatch = await etag();
  await client.send(new PutKeyCommand({ KvsARN, Key: 'catalogue', Value: 'v2', IfMatch }));
  const late = client.send(new PutKeyCommand({ KvsARN, Key: 'catalogue', Value: 'v3', IfMatch }));
  await assert.rejects(late, { name: 'ConflictException' });
  assert.equal(store.get('catalogue'), 'v2');
});

test('several keys change at once; missing ones are missing', async () => {
  const Puts = [
    { Key: 'a/b ä', Value: '1' },
    { Key: 'b', Value: '2' },
  ];
  await client.send(
    new UpdateKeysCommand({ KvsARN, IfMatch: await etag(), Puts, Deletes: [{ Key: 'catalogue' }] }),
  );
  const { Items } = await client.send(new ListKeysCommand({ KvsARN }));
  assert.deepEqual(Items, Puts);
  await client.send(new DeleteKeyCommand({ KvsARN, Key: 'a/b ä', IfMatch: await etag() }));
  await assert.rejects(client.send(new GetKeyCommand({ KvsARN, Key: 'a/b ä' })), {
    name: 'ResourceNotFoundException',
  });
});
