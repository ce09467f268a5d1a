import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { S3Client } from '@aws-sdk/client-s3';
import { arrivals } from '../../lambdas/storage/upload-arrivals.ts';
import { releases } from '../../lambdas/storage/upload-releases.ts';

/** S3 as it answers a HEAD: a status and no body. */
const s3 = (statusCode: number, headers: Record<string, string> = {}): S3Client =>
  new S3Client({
    region: 'eu-north-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
    requestHandler: {
      handle: async () => ({ response: { statusCode, headers, body: Readable.from([]) } }),
    },
  });

const answering = (statusCode: number, headers?: Record<string, string>) =>
  arrivals('uploads', s3(statusCode, headers));

const draft = { owner: 'owner', id: 'draft-id' };
const file = { id: 'file', size: 3, type: 'text/plain', sha256: '00'.repeat(32) };
const checksum = Buffer.alloc(32).toString('base64');

test('a file that is not there has not arrived, as S3 says it to those who may not list the bucket too', async () => {
  for (const status of [403, 404]) assert.equal(await answering(status).arrived(draft, file), false);
  await assert.rejects(answering(400).arrived(draft, file));
});

test('a file has arrived when it is whole and the one that was announced', async () => {
  const there = (length: string, sha256: string) =>
    answering(200, { 'content-length': length, 'x-amz-checksum-sha256': sha256 }).arrived(draft, file);
  assert.equal(await there('3', checksum), true);
  assert.equal(await there('4', checksum), false);
  assert.equal(await there('3', checksum.replace('A', 'B')), false);
});

test('the address a file is fetched from names no file, for addresses end in logs', async () => {
  const named = { id: 'file', name: 'epikriisi.pdf' };
  const address = new URL(await releases('uploads', s3(200)).release(draft, named));
  assert.ok(!address.href.includes('epikriisi'));
  assert.equal(address.searchParams.get('response-content-disposition'), 'attachment');
});
