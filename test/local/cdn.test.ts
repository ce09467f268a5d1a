import assert from 'node:assert/strict';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { behaviourFor, createCdn, matches } from '../../lib/local/cdn/cdn.ts';
import { chooseEncoding } from '../../lib/local/cdn/compression.ts';
import { readDistribution } from '../../lib/local/cdn/distribution.ts';
import { createFetch } from '../../lib/local/cdn/origins.ts';
import { loadViewerFunction } from '../../lib/local/cdn/viewer-function.ts';
import type { StoredObject } from '../../lib/local/engines/s3/store.ts';
import { type HttpRequest, type HttpResponse, header } from '../../lib/local/http-message.ts';
import { readFixture } from './fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'cdn-'));
after(() => rmSync(folder, { recursive: true }));

const object = (key: string, text: string): StoredObject => {
  writeFileSync(join(folder, 'blob'), text);
  const headers = { 'content-type': 'text/html', 'x-powered-by': 'no', 'referrer-policy': 'origin' };
  return {
    key,
    headers,
    metadata: {},
    checksums: {},
    tags: {},
    size: text.length,
    etag: 'abc',
    at: 0,
    blob: 'blob',
  };
};

const text = 'Tervetuloa asioimaan. '.repeat(100);
const { template, resolver } = readFixture();
const [resource] = template.ofType('AWS::CloudFront::Distribution');
const [viewer] = template.ofType('AWS::CloudFront::Function');
assert.ok(resource && viewer);
const distribution = readDistribution(resource, template, resolver);

const seen: HttpRequest[] = [];
const cdn = createCdn({
  distribution,
  functions: new Map([
    [viewer.id, loadViewerFunction(String(viewer.properties.FunctionCode), { get: () => 'v1' })],
  ]),
  fetch: createFetch({
    buckets: () => ({
      find: key => (key === 'fi/index.html' ? object(key, text) : undefined),
      open: ({ blob }) => openSync(join(folder, blob), 'r'),
    }),
    gateway: async request => {
      seen.push(request);
      return { status: 404, headers: [['content-type', 'application/json']], body: Buffer.from('{}') };
    },
    mayList: () => false,
  }),
});

const ask = (
  method: string,
  path: string,
  headers: HttpRequest['headers'] = [],
  query = '',
): Promise<HttpResponse> =>
  cdn({ method, path, query, headers, body: Buffer.alloc(0), viewerAddress: '127.0.0.1' });

describe('behaviours', () => {
  test('path patterns', () => {
    assert.ok(matches('api/*', '/api/cases/1'));
    assert.ok(matches('/api/*', '/api/'));
    assert.ok(!matches('api/*', '/API/x'));
    assert.ok(!matches('api/*', '/api'));
    assert.ok(matches('*.jp?g', '/a/b.jpeg'));
    assert.ok(!matches('a.b', '/aXb'));
  });

  test('the first that fits, in order, the default last', () => {
    assert.equal(behaviourFor(distribution, '/api/x').target, 'api');
    assert.equal(behaviourFor(distribution, '/x').target, 'group');
  });

  test('a method the behaviour does not allow is refused here', async () => {
    assert.equal((await ask('POST', '/fi/')).status, 403);
    assert.equal((await ask('POST', '/api/x')).status, 404);
  });
});

describe('towards the origin', () => {
  const last = (): HttpRequest => {
    const request = seen.at(-1);
    assert.ok(request);
    return request;
  };

  test('the API gets what the viewer sent, except the host, and the secret nobody can forge', async () => {
    await ask('GET', '/api/x', [
      ['host', 'localhost:3000'],
      ['authorization', 'Bearer t'],
      ['cookie', 'a=1'],
      ['x-origin-secret', 'guess'],
      ['connection', 'keep-alive'],
    ]);
    const { headers } = last();
    assert.equal(header(headers, 'host'), 'api.execute-api.eu-north-1.amazonaws.com');
    assert.equal(header(headers, 'authorization'), 'Bearer t');
    assert.equal(header(headers, 'cookie'), 'a=1');
    assert.deepEqual(
      headers.filter(([name]) => name === 'x-origin-secret'),
      [['x-origin-secret', 'value of OriginSecret']],
    );
    assert.equal(header(headers, 'connection'), undefined);
    assert.equal(header(headers, 'x-forwarded-for'), '127.0.0.1');
  });

  test('a cached behaviour hands on only what its policy names', async () => {
    const headers = [
      ['cookie', 'a=1'],
      ['authorization', 'Bearer t'],
      ['accept-language', 'fi'],
    ] as const;
    await ask('GET', '/fi/nowhere/', headers, 'version=1&q=secret');
    assert.equal(last().path, '/fi/nowhere/index.html');
    assert.equal(last().query, 'version=1');
    for (const [name] of headers) assert.equal(header(last().headers, name), undefined, name);
    assert.equal(header(last().headers, 'user-agent'), 'Amazon CloudFront');
  });
});

describe('answers', () => {
  test('the viewer function may answer by itself', async () => {
    const response = await ask('GET', '/');
    assert.deepEqual([response.status, header(response.headers, 'location')], [302, '/fi/']);
    assert.equal(header(response.headers, 'content-security-policy'), "default-src 'none'");
  });

  test('what S3 refuses, the next origin of the group answers', async () => {
    const response = await ask('GET', '/fi/nowhere/');
    assert.deepEqual([response.status, response.body.toString()], [404, '{}']);
  });

  test('the policy’s headers: over the origin’s, beside them, or away', async () => {
    const { headers } = await ask('GET', '/fi/');
    assert.equal(header(headers, 'strict-transport-security'), 'max-age=60; includeSubDomains');
    assert.equal(header(headers, 'x-fixture'), 'yes');
    assert.equal(header(headers, 'referrer-policy'), 'origin');
    assert.equal(header(headers, 'x-powered-by'), undefined);
    const api = await ask('GET', '/api/x');
    assert.equal(header(api.headers, 'x-fixture'), undefined);
  });

  test('an unchanged object is 304, compressed or not', async () => {
    for (const etag of ['"abc"', 'W/"abc"', '"x", W/"abc"', '*'])
      assert.equal((await ask('GET', '/fi/', [['if-none-match', etag]])).status, 304, etag);
    assert.equal((await ask('GET', '/fi/', [['if-none-match', '"abd"']])).status, 200);
  });

  test('one range of bytes', async () => {
    const response = await ask('GET', '/fi/', [['range', 'bytes=0-9']]);
    assert.deepEqual([response.status, response.body.toString()], [206, 'Tervetuloa']);
  });
});

describe('compression', () => {
  test('brotli before gzip, none that is refused', () => {
    const both = { gzip: true, brotli: true };
    assert.equal(chooseEncoding('gzip, deflate, br', both), 'br');
    assert.equal(chooseEncoding('gzip, br;q=0', both), 'gzip');
    assert.equal(chooseEncoding('gzip;q=0.5', { gzip: true, brotli: false }), 'gzip');
    assert.equal(chooseEncoding('', both), undefined);
    assert.equal(chooseEncoding('br', { gzip: false, brotli: false }), undefined);
  });

  test('the bytes come back, the ETag turns weak', async () => {
    const brotli = await ask('GET', '/fi/', [['accept-encoding', 'gzip, br']]);
    assert.equal(brotliDecompressSync(brotli.body).toString(), text);
    assert.equal(header(brotli.headers, 'etag'), 'W/"abc"');
    const gzip = await ask('GET', '/fi/', [['accept-encoding', 'gzip']]);
    assert.equal(gunzipSync(gzip.body).toString(), text);
    const plain = await ask('GET', '/fi/');
    assert.equal(plain.body.toString(), text);
    assert.equal(header(plain.headers, 'etag'), '"abc"');
    for (const each of [brotli, gzip, plain]) assert.equal(header(each.headers, 'vary'), 'Accept-Encoding');
  });
});

test('a viewer function cannot make code from strings', async () => {
  const code = "function handler(event) { return eval('event.request') }";
  const run = loadViewerFunction(code, { get: () => undefined });
  const request = {
    method: 'GET',
    path: '/',
    query: '',
    headers: [],
    body: Buffer.alloc(0),
    viewerAddress: '',
  };
  await assert.rejects(async () => run(request), /EvalError|Code generation/);
  closeSync(openSync(join(folder, 'blob'), 'w'));
});
