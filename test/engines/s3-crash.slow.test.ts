import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startS3 } from '../../lib/local/engines/s3.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local-secret-key' };
const region = 'eu-north-1';

/** The engine in a process of its own, to be killed without a word. */
const program = (dataDir: string): string => `
  import { startS3 } from ${JSON.stringify(new URL('../../lib/local/engines/s3.ts', import.meta.url).href)};
  const { url } = await startS3({ dataDir: ${JSON.stringify(dataDir)}, credentials: ${JSON.stringify(credentials)},
    region: '${region}', now: Date.now, buckets: { uploads: {} } });
  console.log(url);`;

const client = (endpoint: string) => new S3Client({ endpoint, region, credentials, maxAttempts: 1 });
/** Every version of an object says by itself which it is and whether it is whole. */
const version = (key: string, count: number): string => `${key} ${count} ${'x'.repeat(20_000)} ${count}`;

test('after kill -9 nothing acknowledged is lost and no object is torn', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 's3-crash-'));
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', program(dataDir)]);
  const [line] = await once(child.stdout, 'data');
  const s3 = client(String(line).trim());
  const acknowledged = new Map<string, number>();
  const write = async (key: string): Promise<void> => {
    for (let count = 1; ; count += 1) {
      await s3.send(new PutObjectCommand({ Bucket: 'uploads', Key: key, Body: version(key, count) }));
      acknowledged.set(key, count);
    }
  };
  const writers = ['a', 'b', 'c', 'd'].map(key => write(key).catch(() => {}));
  await new Promise(resolve => setTimeout(resolve, 700));
  child.kill('SIGKILL');
  await Promise.all(writers);

  const again = await startS3({ dataDir, credentials, region, now: Date.now, buckets: { uploads: {} } });
  const reader = client(again.url);
  assert.equal(acknowledged.size, 4);
  for (const [Key, count] of acknowledged) {
    const answer = await reader.send(new GetObjectCommand({ Bucket: 'uploads', Key }));
    const text = (await answer.Body?.transformToString()) ?? '';
    const found = Number(text.split(' ')[1]);
    assert.ok(found >= count, `${Key}: ${found} < ${count}`);
    assert.equal(text, version(Key, found));
    assert.equal(answer.ETag, `"${createHash('md5').update(text).digest('hex')}"`);
  }
  reader.destroy();
  s3.destroy();
  await again.close();
  rmSync(dataDir, { recursive: true });
});
