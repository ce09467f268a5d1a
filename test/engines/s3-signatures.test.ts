import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { Bucket, credentials, openS3, origin, refusal, region, sha256 } from './s3-room.ts';

const room = await openS3();
const { clock, connect, put, text } = room;
before(() => put('kept', 'new'));

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
    assert.equal((await fetch(`${room.url}/${Bucket}/kept`)).status, 403);
  });

  const presign = async (method: string, key: string, expiresIn: number) => {
    const { host, hostname, port } = new URL(room.url);
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
      { expiresIn, signingDate: new Date(Date.now() + clock.ahead) },
    );
    const query = new URLSearchParams(signed.query as Record<string, string>);
    return `${room.url}${signed.path}?${query}`;
  };

  test('a presigned URL works for what it was made for, until it expires', async () => {
    await put('secret', 'content');
    const url = await presign('GET', 'secret', 60);
    assert.equal(await (await fetch(url)).text(), 'content');
    assert.equal((await fetch(url, { method: 'DELETE' })).status, 403);
    assert.equal((await fetch(url.replace('/secret?', '/kept?'))).status, 403);
    assert.equal((await fetch(`${url}&response-content-type=text%2Fhtml`)).status, 403);
    assert.equal((await fetch(url.replace('X-Amz-Expires=60', 'X-Amz-Expires=6000'))).status, 403);
    clock.ahead += 61_000;
    const late = await fetch(url);
    assert.equal(late.status, 403);
    assert.match(await late.text(), /Request has expired/);
  });

  test('a body other than the signed one is refused', async () => {
    const url = `${room.url}/${Bucket}/replaced`;
    const signer = new SignatureV4({
      service: 's3',
      region,
      credentials,
      sha256: Sha256,
      uriEscapePath: false,
    });
    const { host, hostname, port } = new URL(room.url);
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
      { signingDate: new Date(Date.now() + clock.ahead) },
    );
    const { host: _, ...headers } = signed.headers;
    const answer = await fetch(url, { method: 'PUT', headers, body: 'evil' });
    assert.match(await answer.text(), /XAmzContentSHA256Mismatch/);
    assert.equal((await fetch(url, { method: 'PUT', headers, body: 'good' })).status, 200);
  });

  test('the client finds its way when the clock was moved under it', async () => {
    clock.ahead += 3 * 3600_000;
    assert.equal(await text('kept'), 'new');
  });
});

describe('a browser uploads by a signed form', () => {
  const bytes = 'liitetiedosto';
  const Key = 'quarantine/owner/draft/attachment';
  const form = async (more: Record<string, string> = {}) => {
    const late = connect({ systemClockOffset: clock.ahead });
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
    clock.ahead += 61_000;
    const answer = await send(url, fields);
    assert.equal(answer.status, 403);
    assert.match(answer.text, /Policy expired/);
  });

  test('preflights are answered by the rules of the bucket', async () => {
    const ask = (from: string, method: string) =>
      fetch(`${room.url}/${Bucket}`, {
        method: 'OPTIONS',
        headers: { origin: from, 'access-control-request-method': method },
      });
    assert.equal((await ask(origin, 'POST')).headers.get('access-control-allow-origin'), origin);
    assert.equal((await ask(origin, 'DELETE')).status, 403);
    assert.equal((await ask('https://elsewhere.example', 'POST')).status, 403);
  });
});
