/** How the portal's address serves what was built: packed, kept as long as it may be, asked for again cheaply. */
import assert from 'node:assert/strict';
import { get, type IncomingHttpHeaders } from 'node:http';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { type Language, languages } from '../../lambdas/domain/language.ts';
import { type PageName, pageUrl } from '../../web/urls.ts';
import { portalUnderTest, type RunningPortal } from './portal.ts';

interface Served {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

let portal: RunningPortal;
before(async () => {
  portal = await portalUnderTest();
});
after(() => portal.stop());

/** As it comes over the wire. */
const ask = (path: string, headers: Record<string, string> = {}): Promise<Served> =>
  new Promise((resolve, reject) => {
    get(
      new URL(path, portal.place.url),
      { headers: { 'accept-encoding': 'gzip, br', ...headers } },
      answer => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
        );
        answer.once('error', reject);
      },
    ).once('error', reject);
  });

const html = async (path: string): Promise<string> =>
  gunzipSync((await ask(path, { 'accept-encoding': 'gzip' })).body).toString();
const assetsOf = (page: string): string[] => [
  ...new Set([...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path)),
];
const publicPages: readonly PageName[] = ['home', 'services', 'help', 'security', 'privacy', 'accessibility'];

test('pages are packed by Brotli and asked for again each time, which costs a 304', async () => {
  for (const path of publicPages.map(page => pageUrl('fi', page))) {
    const first = await ask(path);
    assert.equal(first.status, 200, path);
    assert.equal(first.headers['content-encoding'], 'br', path);
    assert.match(first.headers['cache-control'] ?? '', /max-age=0/, path);
    assert.match(first.headers.vary ?? '', /accept-encoding/i, path);
    const etag = first.headers.etag ?? '';
    assert.match(etag, /^W\/"/, `${path}: other bytes than the stored ones`);
    const again = await ask(path, { 'if-none-match': etag });
    assert.deepEqual([again.status, again.body.length], [304, 0], path);
  }
});

test('what carries its hash in its name is kept for good, and packed where that saves something', async () => {
  const assets = new Set<string>();
  for (const page of [...publicPages, 'front', 'folder', 'form'] as const)
    for (const path of assetsOf(await html(pageUrl('fi', page)))) assets.add(path);
  const [styles] = [...assets].filter(path => path.endsWith('.css'));
  const sheet = gunzipSync((await ask(styles ?? '', { 'accept-encoding': 'gzip' })).body).toString();
  for (const [, picture = ''] of sheet.matchAll(/url\("?\.\/([^)"]+)"?\)/g)) assets.add(`/assets/${picture}`);
  assert.ok(assets.size > 10, [...assets].join());
  for (const path of assets) {
    const { status, headers, body } = await ask(path);
    assert.equal(status, 200, path);
    assert.match(headers['cache-control'] ?? '', /max-age=31536000, immutable/, path);
    // CloudFront packs nothing below 1,000 bytes.
    if (headers['content-encoding'] === undefined) assert.ok(body.length < 1_000, `${path} is not packed`);
    else assert.equal(headers['content-encoding'], 'br', path);
  }
});

test("data beside the pages is packed too: the search's index, forms, pictures", async () => {
  const list = await html(pageUrl('fi', 'services'));
  const index = /data-index="([^"]+)"/.exec(list)?.[1] ?? '';
  for (const [path, kept] of [
    [index, /immutable/],
    ['/api/forms/koirailmoitus', /./],
    ['/sitemap.xml', /max-age=0/],
    ['/catalogue/sitemap.xml', /max-age=0/],
  ] as const) {
    const { status, headers } = await ask(path);
    assert.deepEqual([status, headers['content-encoding']], [200, 'br'], path);
    assert.match(headers['cache-control'] ?? '', kept, path);
  }
});

/** Bytes of a first view by kind, pictures and data apart. */
const weigh = async (path: string): Promise<{ html: number; css: number; js: number }> => {
  const weights = { html: (await ask(path)).body.length, css: 0, js: 0 };
  for (const asset of assetsOf(await html(path))) {
    const kind = /\.(css|js)$/.exec(asset)?.[1] as 'css' | 'js' | undefined;
    if (kind) weights[kind] += (await ask(asset, { 'accept-encoding': 'gzip' })).body.length;
  }
  return weights;
};

test('a first view of a public page weighs no more than it may, in each language', async () => {
  const check = async (language: Language, page: PageName, ...rest: string[]): Promise<void> => {
    const path = pageUrl(language, page, ...rest);
    const { html: document, css, js } = await weigh(path);
    assert.ok(
      document <= (rest.length === 0 && page === 'services' ? 30_000 : 14_000),
      `${path}: ${document}`,
    );
    assert.ok(css > 0 && css <= 15_000 && js > 0 && js <= 10_000, `${path}: ${css} ${js}`);
  };
  for (const language of languages) {
    for (const page of publicPages) await check(language, page);
    await check(language, 'services', 'koirailmoitus');
  }
});
