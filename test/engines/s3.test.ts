import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, before, describe, test } from 'node:test';
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
  S3Client,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { type CreatedEvent, type S3, startS3 } from '../../lib/local/engines/s3.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local-secret-key' };
const region = 'eu-north-1';
const Bucket = 'uploads';
const origin = 'http://localhost:3000';
const cors = [
  { allowedOrigins: [origin], allowedMethods: ['POST'], allowedHeaders: ['*'], maxAgeSeconds: 60 },
];

let dataDir: string;
let offsetMs = 0;
let s3: S3;
let client: S3Client;
const events: CreatedEvent[] = [];

const start = () =>
  startS3({
    dataDir,
    credentials,
    region,
    now: () => Date.now() + offsetMs,
    buckets: { uploads: { cors, announced: true }, site: {} },
    announce: event => events.push(event),
  });
const connect = (other = {}) => new S3Client({ endpoint: s3.url, region, credentials, ...other });
const text = async (Key: string) =>
  (await client.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
const put = (Key: string, Body: string, more = {}) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const sha256 = (bytes: string) => createHash('sha256').update(bytes).digest('base64');
const refusal =
  (name: string, status: number) => (error: { name: string; $metadata: { httpStatusCode: number } }) =>
    error.name === name && error.$metadata.httpStatusCode === status;

before(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 's3-'));
  s3 = await start();
  client = connect();
});
after(async () => {
  client.destroy();
  await s3.close();
  rmSync(dataDir, { recursive: true });
});

describe('objects, by the real client', () => {
  test('come back as they were put, with their headers, under awkward keys', async () => {
    const key = "quarantine/a b/ä'(1)!*+&=?#%.pdf";
    await put(key, 'sisältö', {
      ContentType: 'application/pdf',
      Metadata: { draft: 'one' },
      CacheControl: 'no-store',
    });
    const answer = await client.send(new GetObjectCommand({ Bucket, Key: key }));
    assert.equal(await answer.Body?.transformToString(), 'sisältö');
    assert.equal(answer.ContentType, 'application/pdf');
    assert.equal(answer.CacheControl, 'no-store');
    assert.deepEqual(answer.Metadata, { draft: 'one' });
    assert.equal(answer.ETag, `"${createHash('md5').update('sisältö').digest('hex')}"`);
  });

  test('a stream arrives chunked with a trailing checksum and is kept without the chunks', async () => {
    const body = 'x'.repeat(200_000);
    await client.send(
      new PutObjectCommand({
        Bucket,
        Key: 'stream',
        Body: Readable.from([Buffer.from(body)]),
        ContentLength: body.length,
      }),
    );
    assert.equal(await text('stream'), body);
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'stream', ChecksumMode: 'ENABLED' }));
    assert.ok(head.ChecksumCRC32);
    assert.equal(head.ContentEncoding, undefined);
  });

  test('SHA-256 is checked, kept and told when asked', async () => {
    await put('summed', 'tiedosto', { ChecksumSHA256: sha256('tiedosto') });
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'summed', ChecksumMode: 'ENABLED' }));
    assert.equal(head.ChecksumSHA256, sha256('tiedosto'));
    await assert.rejects(
      put('summed', 'toinen', { ChecksumSHA256: sha256('tiedosto') }),
      refusal('BadDigest', 400),
    );
    assert.equal(await text('summed'), 'tiedosto');
  });

  test('ranges, not modified, preconditions', async () => {
    const { ETag } = await put('parts', '0123456789');
    const part = await client.send(new GetObjectCommand({ Bucket, Key: 'parts', Range: 'bytes=-3' }));
    assert.equal(await part.Body?.transformToString(), '789');
    assert.equal(part.ContentRange, 'bytes 7-9/10');
    const get = (more: object) => client.send(new GetObjectCommand({ Bucket, Key: 'parts', ...more }));
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
    await client.send(new PutObjectTaggingCommand({ Bucket, Key: 'tagged', Tagging: { TagSet } }));
    assert.deepEqual(
      (await client.send(new GetObjectTaggingCommand({ Bucket, Key: 'tagged' }))).TagSet,
      TagSet,
    );
    const answer = await client.send(new GetObjectCommand({ Bucket, Key: 'tagged' }));
    assert.equal(await answer.Body?.transformToString(), 'bytes');
    assert.equal(answer.ContentType, 'text/plain');
  });

  test('copying, deleting one and many, what is missing', async () => {
    await put('from/ä', 'copied', { ContentType: 'text/css' });
    await client.send(
      new CopyObjectCommand({
        Bucket: 'site',
        Key: 'to',
        CopySource: `${Bucket}/from/${encodeURIComponent('ä')}`,
      }),
    );
    const copy = await client.send(new GetObjectCommand({ Bucket: 'site', Key: 'to' }));
    assert.equal(await copy.Body?.transformToString(), 'copied');
    assert.equal(copy.ContentType, 'text/css');
    await client.send(new DeleteObjectCommand({ Bucket: 'site', Key: 'to' }));
    await assert.rejects(
      client.send(new GetObjectCommand({ Bucket: 'site', Key: 'to' })),
      refusal('NoSuchKey', 404),
    );
    const Objects = [{ Key: 'from/ä' }, { Key: 'never & was' }];
    const { Deleted } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    assert.deepEqual(
      Deleted?.map(one => one.Key),
      Objects.map(one => one.Key),
    );
    await assert.rejects(text('from/ä'), refusal('NoSuchKey', 404));
    await assert.rejects(
      client.send(new GetObjectCommand({ Bucket: 'none', Key: 'x' })),
      refusal('NoSuchBucket', 404),
    );
  });

  test('a copy is of the object that was meant, onto itself only with a change, and keeps its checksum and tags', async () => {
    const { ETag, ChecksumSHA256 } = await put('c/1', 'bytes', {
      ChecksumAlgorithm: 'SHA256',
      Tagging: 'a=1',
    });
    const copy = (Key: string, more: object) =>
      client.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/c/1`, ...more }));
    await assert.rejects(copy('c/2', { CopySourceIfMatch: '"other"' }), refusal('PreconditionFailed', 412));
    await copy('c/2', { CopySourceIfMatch: ETag });
    await assert.rejects(copy('c/1', {}), refusal('InvalidRequest', 400));
    await copy('c/1', { MetadataDirective: 'REPLACE', ContentType: 'text/x', ChecksumAlgorithm: 'SHA256' });
    for (const Key of ['c/1', 'c/2']) {
      const head = await client.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
      assert.equal(head.ChecksumSHA256, ChecksumSHA256);
      const { TagSet } = await client.send(new GetObjectTaggingCommand({ Bucket, Key }));
      assert.deepEqual(TagSet, [{ Key: 'a', Value: '1' }]);
    }
  });

  test('a version is deleted by its name, and no other one with it', async () => {
    const first = await put('v', 'one');
    const second = await put('v', 'two');
    assert.ok(first.VersionId && second.VersionId && first.VersionId !== second.VersionId);
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'v', VersionId: first.VersionId }));
    assert.equal(await text('v'), 'two');
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'v', VersionId: second.VersionId }));
    await assert.rejects(text('v'), refusal('NoSuchKey', 404));
  });

  test('new objects of a bucket that announces them are told of, and of no other', async () => {
    events.length = 0;
    const { ETag, VersionId } = await put('told', 'hei');
    await client.send(new CopyObjectCommand({ Bucket: 'site', Key: 'silent', CopySource: `${Bucket}/told` }));
    await client.send(new CopyObjectCommand({ Bucket, Key: 'again', CopySource: `${Bucket}/told` }));
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
      const page = await client.send(
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
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
    await s3.close();
    appendFileSync(join(dataDir, Bucket, 'journal.jsonl'), '{"put":{"key":"torn","bl');
    appendFileSync(join(dataDir, Bucket, 'blobs', 'stray'), 'never committed');
    s3 = await start();
    client = connect();
    assert.equal(await text('kept'), 'new');
    await assert.rejects(text('gone'), refusal('NoSuchKey', 404));
    assert.ok(!readdirSync(join(dataDir, Bucket, 'blobs')).includes('stray'));
  });
});

describe('signatures', () => {
  test('a wrong secret or an unknown key is refused', async () => {
    const get = (other: object) => connect(other).send(new GetObjectCommand({ Bucket, Key: 'kept' }));
    await assert.rejects(
      get({ credentials: { ...credentials, secretAccessKey: 'guessed' } }),
      refusal('SignatureDoesNotMatch', 403),
    );
    await assert.rejects(
      get({ credentials: { ...credentials, accessKeyId: 'other' } }),
      refusal('InvalidAccessKeyId', 403),
    );
    await assert.rejects(get({ region: 'us-east-1' }), refusal('AuthorizationHeaderMalformed', 400));
    assert.equal((await fetch(`${s3.url}/${Bucket}/kept`)).status, 403);
  });

  const presign = async (method: string, key: string, expiresIn: number) => {
    const { host, hostname, port } = new URL(s3.url);
    const signer = new SignatureV4({
      service: 's3',
      region,
      credentials,
      sha256: Sha256,
      uriEscapePath: false,
    });
    const request = {
      method,
      protocol: 'http:',
      hostname,
      port: Number(port),
      path: `/${Bucket}/${key}`,
      query: {},
      headers: { host },
    };
    const signed = await signer.presign(
      { ...request, headers: { ...request.headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } },
      { expiresIn, signingDate: new Date(Date.now() + offsetMs) },
    );
    const query = new URLSearchParams(signed.query as Record<string, string>);
    return `${s3.url}${signed.path}?${query}`;
  };

  test('a presigned URL works for what it was made for, until it expires', async () => {
    await put('secret', 'content');
    const url = await presign('GET', 'secret', 60);
    assert.equal(await (await fetch(url)).text(), 'content');
    assert.equal((await fetch(url, { method: 'DELETE' })).status, 403);
    assert.equal((await fetch(url.replace('/secret?', '/kept?'))).status, 403);
    assert.equal((await fetch(`${url}&response-content-type=text%2Fhtml`)).status, 403);
    assert.equal((await fetch(url.replace('X-Amz-Expires=60', 'X-Amz-Expires=6000'))).status, 403);
    offsetMs += 61_000;
    const late = await fetch(url);
    assert.equal(late.status, 403);
    assert.match(await late.text(), /Request has expired/);
  });

  test('a body other than the signed one is refused', async () => {
    const url = `${s3.url}/${Bucket}/replaced`;
    const signer = new SignatureV4({
      service: 's3',
      region,
      credentials,
      sha256: Sha256,
      uriEscapePath: false,
    });
    const { host, hostname, port } = new URL(s3.url);
    const signed = await signer.sign(
      {
        method: 'PUT',
        protocol: 'http:',
        hostname,
        port: Number(port),
        path: `/${Bucket}/replaced`,
        query: {},
        headers: { host },
        body: 'good',
      },
      { signingDate: new Date(Date.now() + offsetMs) },
    );
    const { host: _, ...headers } = signed.headers;
    const answer = await fetch(url, { method: 'PUT', headers, body: 'evil' });
    assert.match(await answer.text(), /XAmzContentSHA256Mismatch/);
    assert.equal((await fetch(url, { method: 'PUT', headers, body: 'good' })).status, 200);
  });

  test('the client finds its way when the clock was moved under it', async () => {
    offsetMs += 3 * 3600_000;
    assert.equal(await text('kept'), 'new');
  });
});

describe('a browser uploads by a signed form', () => {
  const bytes = 'liitetiedosto';
  const Key = 'quarantine/owner/draft/attachment';
  const form = async (more: Record<string, string> = {}) => {
    const late = connect({ systemClockOffset: offsetMs });
    const { url, fields } = await createPresignedPost(late, {
      Bucket,
      Key,
      Expires: 60,
      Fields: { 'Content-Type': 'application/pdf', 'x-amz-checksum-sha256': sha256(bytes), ...more },
      Conditions: [['content-length-range', bytes.length, bytes.length]],
    });
    return { url, fields: fields as Record<string, string> };
  };
  const send = async (url: string, fields: Record<string, string>, file = bytes) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    body.append('file', new Blob([file]), 'liite.pdf');
    const answer = await fetch(url, { method: 'POST', body, headers: { origin } });
    return {
      status: answer.status,
      text: await answer.text(),
      allowed: answer.headers.get('access-control-allow-origin'),
    };
  };

  test('is taken as signed and readable by the page that sent it', async () => {
    const { url, fields } = await form();
    const answer = await send(url, fields);
    assert.equal(answer.status, 204);
    assert.equal(answer.allowed, origin);
    const head = await connect().send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
    assert.equal(head.ChecksumSHA256, sha256(bytes));
    assert.equal(head.ContentType, 'application/pdf');
    assert.equal(head.ContentLength, bytes.length);
  });

  test('nothing but what was signed is taken', async () => {
    const { url, fields } = await form();
    const cases: [string, Promise<{ status: number; text: string }>, number, RegExp][] = [
      ['too large', send(url, fields, `${bytes}!`), 400, /EntityTooLarge/],
      ['too small', send(url, fields, bytes.slice(1)), 400, /EntityTooSmall/],
      ['other bytes of the same length', send(url, fields, bytes.toUpperCase()), 400, /BadDigest/],
      ['other key', send(url, { ...fields, key: `${Key}2` }), 403, /Policy Condition failed/],
      ['other type', send(url, { ...fields, 'Content-Type': 'text/html' }), 403, /Policy Condition failed/],
      ['more fields', send(url, { ...fields, acl: 'public-read' }), 403, /Extra input fields: acl/],
      [
        'field left out',
        send(
          url,
          Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'x-amz-checksum-sha256')),
        ),
        403,
        /Policy Condition failed/,
      ],
      [
        'other signature',
        send(url, { ...fields, 'X-Amz-Signature': '0'.repeat(64) }),
        403,
        /SignatureDoesNotMatch/,
      ],
      [
        'other policy',
        send(url, {
          ...fields,
          Policy: Buffer.from('{"expiration":"2099-01-01T00:00:00Z","conditions":[]}').toString('base64'),
        }),
        403,
        /SignatureDoesNotMatch/,
      ],
      ['no policy', send(url, { key: Key }), 403, /AccessDenied/],
      ['other bucket', send(url.replace('/uploads', '/site'), fields), 403, /AccessDenied/],
    ];
    for (const [name, sent, status, words] of cases) {
      const answer = await sent;
      assert.equal(answer.status, status, name);
      assert.match(answer.text, words, name);
    }
  });

  test('nor after its time', async () => {
    const { url, fields } = await form();
    offsetMs += 61_000;
    const answer = await send(url, fields);
    assert.equal(answer.status, 403);
    assert.match(answer.text, /Policy expired/);
  });

  test('preflights are answered by the rules of the bucket', async () => {
    const ask = (from: string, method: string) =>
      fetch(`${s3.url}/${Bucket}`, {
        method: 'OPTIONS',
        headers: { origin: from, 'access-control-request-method': method },
      });
    assert.equal((await ask(origin, 'POST')).headers.get('access-control-allow-origin'), origin);
    assert.equal((await ask(origin, 'DELETE')).status, 403);
    assert.equal((await ask('https://elsewhere.example', 'POST')).status, 403);
  });
});
