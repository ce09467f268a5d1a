import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { languages } from '../../../lambdas/domain/language.ts';
import { inlineCode } from '../../../web/build/inline-code.ts';
import { type PageName, pages, pageUrl, placeOf } from '../../../web/urls.ts';
import { type BuiltSite, builtSite } from './site.ts';

let site: BuiltSite;
before(async () => {
  site = await builtSite();
});
after(() => site.remove());

const hrefs = (html: string): string[] =>
  [...html.matchAll(/\s(?:href|action)="([^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));

/** Pages everybody may see; the others begin with a script's question who is there. */
const publicPages = [
  'home',
  'services',
  'signIn',
  'howItWorks',
  'help',
  'security',
  'privacy',
  'accessibility',
] as const satisfies PageName[];

test('every public page is there in every language, with a title of its own, one h1 and a description', () => {
  const titles = new Set<string>();
  for (const page of publicPages)
    for (const language of languages) {
      const html = site.pages.get(pageUrl(language, page)) ?? '';
      assert.match(html, new RegExp(`^<!doctype html><html lang="${language}">`));
      assert.equal(html.match(/<h1[ >]/g)?.length, 1, `${page} ${language}`);
      assert.match(html, /<meta name="description" content="[^"]{20,}"/);
      titles.add(/<title>([^<]*)</.exec(html)?.[1] ?? '');
    }
  assert.equal(titles.size, publicPages.length * languages.length);
});

test('no page carries code of its own', () => {
  for (const [path, html] of site.pages) assert.deepEqual(inlineCode(html), [], path);
  assert.ok(site.pages.size > 30);
});

test('no stylesheet carries a data: address or imports another', () => {
  const css = site.read(site.assets['styles.css'] ?? '');
  assert.doesNotMatch(css, /data:|@import|https?:/);
  for (const [, file] of css.matchAll(/url\("?\.\/([^)"]+)"?\)/g))
    assert.ok(existsSync(join(site.folder, 'site/assets', file ?? '')), file);
});

const isServed = (path: string): boolean => {
  if (path.startsWith('/api/auth/sign-in?') || path === '/api/session') return true;
  const bare = path.replace(/[?#].*$/, '');
  if (site.pages.has(bare)) return true;
  const place = placeOf(bare);
  const isShell = place !== undefined && 'shell' in pages[place.page];
  return isShell || existsSync(join(site.folder, 'site', bare));
};

/** Signed-in pages whose folders are built elsewhere still have their place in `web/urls.ts`. */
const known = new Set(
  (Object.keys(pages) as PageName[]).flatMap(page => languages.map(language => pageUrl(language, page))),
);

test('every internal link leads somewhere', () => {
  for (const [path, html] of site.pages)
    for (const href of hrefs(html)) {
      if (href.startsWith('#')) assert.ok(html.includes(`id="${href.slice(1)}"`), `${path}: ${href}`);
      else if (href.startsWith('/')) assert.ok(isServed(href) || known.has(href), `${path}: ${href}`);
      else assert.match(href, /^(https?:|mailto:|tel:|sms:)/, `${path}: ${href}`);
    }
});

test('a link to a place on another page finds it there', () => {
  for (const [path, html] of site.pages)
    for (const [, page = '', id = ''] of html.matchAll(/href="(\/[^"#]*)#([^"]+)"/g))
      assert.match(site.pages.get(page) ?? '', new RegExp(`id="${id}"`), `${path}: ${page}#${id}`);
});

test('the language links keep the page', () => {
  for (const [path, html] of site.pages) {
    const place = placeOf(path);
    for (const language of languages) {
      const url = place && pageUrl(language, place.page, ...place.rest);
      assert.ok(html.includes(`<a href="${url}" lang="${language}"`), `${path} ${language}`);
    }
  }
});

test('search engines hear of every page that is for them, by one address, and of no other', () => {
  const robots = site.read('robots.txt');
  assert.match(robots, /^Sitemap: http:\/\/localhost:3000\/sitemap\.xml$/m);
  const listed = new Set(
    [...site.read('sitemap.xml').matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url]) => url),
  );
  for (const [path, html] of site.pages) {
    const canonical = /<link rel="canonical" href="([^"]+)"/.exec(html)?.[1];
    assert.equal(canonical === undefined, html.includes('content="noindex"'), path);
    if (canonical === undefined) continue;
    assert.equal(canonical, `http://localhost:3000${path}`);
    assert.equal(html.match(/<link rel="alternate" hreflang="(fi|sv|en|x-default)"/g)?.length, 4, path);
    if (placeOf(path)?.page !== 'services') assert.ok(listed.has(canonical), path);
  }
});
