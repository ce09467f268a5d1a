import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { type BucketDeployment, deploy } from '../../lib/local/deployment.ts';
import { type BucketStore, openBucket } from '../../lib/local/engines/s3/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'deployment-'));
after(() => rmSync(folder, { recursive: true }));

const source = join(folder, 'site');
mkdirSync(join(source, 'fi'), { recursive: true });
writeFileSync(join(source, 'fi', 'index.html'), 'fi');
writeFileSync(join(source, 'robots.txt'), 'robots');

const deployment = (given: Partial<BucketDeployment> = {}): BucketDeployment => ({
  bucket: 'site',
  prefix: '',
  sources: [source],
  exclude: [],
  include: [],
  prune: false,
  headers: { 'cache-control': 'no-cache' },
  ...given,
});

let bucket: BucketStore;
let buckets = 0;
beforeEach(() => {
  bucket = openBucket(join(folder, `bucket-${buckets++}`));
});

const put = (key: string): unknown =>
  bucket.put(key, Buffer.from(key), { headers: {}, metadata: {}, checksums: {}, tags: {} }, 0);

test('files become objects, with their types; what has not changed is left', () => {
  assert.equal(deploy(deployment(), bucket, 1), 2);
  assert.deepEqual(bucket.find('fi/index.html')?.headers, {
    'content-type': 'text/html',
    'cache-control': 'no-cache',
  });
  assert.equal(deploy(deployment(), bucket, 2), 0);
  assert.equal(bucket.find('robots.txt')?.at, 1);
  assert.equal(deploy(deployment({ headers: {}, prefix: 'x/' }), bucket, 3), 2);
  assert.deepEqual(bucket.keys(), ['fi/index.html', 'robots.txt', 'x/fi/index.html', 'x/robots.txt']);
});

test('only where it is asked for, what is in no source goes away', () => {
  put('old.html');
  put('catalogue/1/index.html');
  deploy(deployment(), bucket, 1);
  assert.ok(bucket.find('old.html'));
  deploy(deployment({ prune: true, exclude: ['catalogue/*'] }), bucket, 1);
  assert.deepEqual(bucket.keys(), ['catalogue/1/index.html', 'fi/index.html', 'robots.txt']);
});

test('what is excluded is not put, unless it is included after all', () => {
  deploy(deployment({ exclude: ['*'], include: ['fi/*'] }), bucket, 1);
  assert.deepEqual(bucket.keys(), ['fi/index.html']);
});
