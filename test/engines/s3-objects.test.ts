import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, test } from 'node:test';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { Bucket, openS3, refusal, sha256 } from './s3-room.ts';

const room = await openS3();
const { dataDir, events, put, text } = room;

describe('objects, by the real client', () => {
  test('come back as they were put, with their headers, under awkward keys', async () => {
    const key = "quarantine/a b/ä'(1)!*+&=?#%.pdf";
    await put(key, 'sisältö', {
      ContentType: 'application/pdf',
      Metadata: { draft: 'one' },
      CacheControl: 'no-store',
    });
    const answer = await room.client.send(new GetObjectCommand({ Bucket, Key: key }));
    assert.equal(await answer.Body?.transformToString(), 'sisältö');
    assert.equal(answer.ContentType, 'application/pdf');
    assert.equal(answer.CacheControl, 'no-store');
    assert.deepEqual(answer.Metadata, { draft: 'one' });
    assert.equal(answer.ETag, `"${createHash('md5').update('sisältö').digest('hex')}"`);
  });

  test('a stream arrives chunked with a trailing checksum and is kept without the chunks', async () => {
    const body = 'x'.repeat(200_000);
    await room.client.send(
      new PutObjectCommand({
        Bucket,
        Key: 'stream',
        Body: Readable.from([Buffer.from(body)]),
        ContentLength: body.length,
      }),
    );
    assert.equal(await text('stream'), body);
    const head = await room.client.send(
      new HeadObjectCommand({ Bucket, Key: 'stream', ChecksumMode: 'ENABLED' }),
    );
    assert.ok(head.ChecksumCRC32);
    assert.equal(head.ContentEncoding, undefined);
  });

  test('SHA-256 is checked, kept and told when asked', async () => {
    await put('summed', 'tiedosto', { ChecksumSHA256: sha256('tiedosto') });
    const head = await room.client.send(
      new HeadObjectCommand({ Bucket, Key: 'summed', ChecksumMode: 'ENABLED' }),
    );
    assert.equal(head.ChecksumSHA256, sha256('tiedosto'));
    await assert.rejects(
      put('summed', 'toinen', { ChecksumSHA256: sha256('tiedosto') }),
      refusal('BadDigest', 400),
    );
    assert.equal(await text('summed'), 'tiedosto');
  });

  test('ranges, not modified, preconditions', async () => {
    const { ETag } = await put('parts', '0123456789');
    const part = await room.client.send(new GetObjectCommand({ Bucket, Key: 'parts', Range: 'bytes=-3' }));
    assert.equal(await part.Body?.transformToString(), '789');
    assert.equal(part.ContentRange, 'bytes 7-9/10');
    const get = (more: object) => room.client.send(new GetObjectCommand({ Bucket, Key: 'parts', ...more }));
    await assert.rejects(get({ Range: 'bytes=10-' }), refusal('InvalidRange', 416));
    await assert.rejects(
      get({ IfNoneMatch: ETag }),
      (error: { $metadata: { httpStatusCode: number } }) => error.$metadata.httpStatusCode === 304,
    );
    await assert.rejects(get({ IfMatch: '"other"' }), refusal('PreconditionFailed', 412));
    await assert.rejects(put('parts', 'again', { IfNoneMatch: '*' }), refusal('PreconditionFailed', 412));
    await put('parts', 'again', { IfMatch: ETag });
    assert.equal(await text('parts'), 'again');
  });

  test('tags change nothing but the tags', async () => {
    await put('tagged', 'bytes', { ContentType: 'text/plain', Tagging: 'state=quarantine' });
    const TagSet = [{ Key: 'GuardDutyMalwareScanStatus', Value: 'NO_THREATS_FOUND & <ok>' }];
    await room.client.send(new PutObjectTaggingCommand({ Bucket, Key: 'tagged', Tagging: { TagSet } }));
    assert.deepEqual(
      (await room.client.send(new GetObjectTaggingCommand({ Bucket, Key: 'tagged' }))).TagSet,
      TagSet,
    );
    const answer = await room.client.send(new GetObjectCommand({ Bucket, Key: 'tagged' }));
    assert.equal(await answer.Body?.transformToString(), 'bytes');
    assert.equal(answer.ContentType, 'text/plain');
  });

  test('copying, deleting one and many, what is missing', async () => {
    await put('from/ä', 'copied', { ContentType: 'text/css' });
    await room.client.send(
      new CopyObjectCommand({
        Bucket: 'site',
        Key: 'to',
        CopySource: `${Bucket}/from/${encodeURIComponent('ä')}`,
      }),
    );
    const copy = await room.client.send(new GetObjectCommand({ Bucket: 'site', Key: 'to' }));
    assert.equal(await copy.Body?.transformToString(), 'copied');
    assert.equal(copy.ContentType, 'text/css');
    await room.client.send(new DeleteObjectCommand({ Bucket: 'site', Key: 'to' }));
    await assert.rejects(
      room.client.send(new GetObjectCommand({ Bucket: 'site', Key: 'to' })),
      refusal('NoSuchKey', 404),
    );
    const Objects = [{ Key: 'from/ä' }, { Key: 'never & was' }];
    const { Deleted } = await room.client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    assert.deepEqual(
      Deleted?.map(one => one.Key),
      Objects.map(one => one.Key),
    );
    await assert.rejects(text('from/ä'), refusal('NoSuchKey', 404));
    await assert.rejects(
      room.client.send(new GetObjectCommand({ Bucket: 'none', Key: 'x' })),
      refusal('NoSuchBucket', 404),
    );
  });

  test('a copy is of the object that was meant, onto itself only with a change, and keeps its checksum and tags', async () => {
    const { ETag, ChecksumSHA256 } = await put('c/1', 'bytes', {
      ChecksumAlgorithm: 'SHA256',
      Tagging: 'a=1',
    });
    const copy = (Key: string, more: object) =>
      room.client.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/c/1`, ...more }));
    await assert.rejects(copy('c/2', { CopySourceIfMatch: '"other"' }), refusal('PreconditionFailed', 412));
    await copy('c/2', { CopySourceIfMatch: ETag });
    await assert.rejects(copy('c/1', {}), refusal('InvalidRequest', 400));
    await copy('c/1', { MetadataDirective: 'REPLACE', ContentType: 'text/x', ChecksumAlgorithm: 'SHA256' });
    for (const Key of ['c/1', 'c/2']) {
      const head = await room.client.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
      assert.equal(head.ChecksumSHA256, ChecksumSHA256);
      const { TagSet } = await room.client.send(new GetObjectTaggingCommand({ Bucket, Key }));
      assert.deepEqual(TagSet, [{ Key: 'a', Value: '1' }]);
    }
  });

  test('a version is deleted by its name, and no other one with it', async () => {
    const first = await put('v', 'one');
    const second = await put('v', 'two');
    assert.ok(first.VersionId && second.VersionId && first.VersionId !== second.VersionId);
    await room.client.send(new DeleteObjectCommand({ Bucket, Key: 'v', VersionId: first.VersionId }));
    assert.equal(await text('v'), 'two');
    await room.client.send(new DeleteObjectCommand({ Bucket, Key: 'v', VersionId: second.VersionId }));
    await assert.rejects(text('v'), refusal('NoSuchKey', 404));
  });

  test('new objects of a bucket that announces them are told of, and of no other', async () => {
    events.length = 0;
    const { ETag, VersionId } = await put('told', 'hei');
    await room.client.send(
      new CopyObjectCommand({ Bucket: 'site', Key: 'silent', CopySource: `${Bucket}/told` }),
    );
    await room.client.send(new CopyObjectCommand({ Bucket, Key: 'again', CopySource: `${Bucket}/told` }));
    const shown = events.map(({ source, 'detail-type': type, detail }) => ({ source, type, ...detail }));
    assert.deepEqual(shown[0], {
      ...{ source: 'aws.s3', type: 'Object Created', version: '0', reason: 'PutObject' },
      bucket: { name: Bucket },
      object: { key: 'told', size: 3, etag: ETag?.replaceAll('"', ''), 'version-id': VersionId },
    });
    assert.deepEqual(
      events.map(({ detail }) => detail.reason),
      ['PutObject', 'CopyObject'],
    );
  });

  test('lists in order, by prefix, in groups, page by page', async () => {
    for (const key of ['list/b/2', 'list/a', 'list/b/1', 'list/c', 'list/b-']) await put(key, key);
    const seen: (string | undefined)[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await room.client.send(
        new ListObjectsV2Command({ Bucket, Prefix: 'list/', Delimiter: '/', MaxKeys: 2, ContinuationToken }),
      );
      seen.push(
        ...(page.Contents ?? []).map(one => one.Key),
        ...(page.CommonPrefixes ?? []).map(one => one.Prefix),
      );
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken);
    assert.deepEqual(seen, ['list/a', 'list/b-', 'list/c', 'list/b/']);
  });

  test('everything stands after a restart, a torn journal and stray bytes included', async () => {
    await put('kept', 'old');
    await put('kept', 'new');
    await put('gone', 'x');
    await room.client.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
    await room.restart(() => {
      appendFileSync(join(dataDir, Bucket, 'journal.jsonl'), '{"put":{"key":"torn","bl');
      appendFileSync(join(dataDir, Bucket, 'blobs', 'stray'), 'never committed');
    });
    assert.equal(await text('kept'), 'new');
    await assert.rejects(text('gone'), refusal('NoSuchKey', 404));
    assert.ok(!readdirSync(join(dataDir, Bucket, 'blobs')).includes('stray'));
  });
});
