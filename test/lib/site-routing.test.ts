import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { languages } from '../../lambdas/domain/language.ts';
import { preferredLanguage, routeSite, type SiteRequest } from '../../lib/site-routing.ts';
import { type PageName, pages, pageUrl } from '../../web/urls.ts';

const ask = (uri: string, more: Partial<SiteRequest> = {}) =>
  routeSite({ uri, query: '', acceptLanguage: undefined, remembered: undefined, ...more });

test('every page of every language has its file; only the services come with the catalogue', () => {
  for (const language of languages)
    for (const page of Object.keys(pages) as PageName[])
      assert.deepEqual(ask(pageUrl(language, page)), {
        file: `${pageUrl(language, page)}index.html`,
        catalogue: page === 'services',
      });
});

const files: readonly [uri: string, file: string, catalogue?: boolean][] = [
  ['/fi/lomake/', '/fi/lomake/index.html'],
  ['/fi/lomake/a/b/', '/fi/lomake/index.html'],
  ['/sv/arendemapp/HEL-2026-000123/', '/sv/arendemapp/index.html'],
  ['/en/folder/', '/en/folder/index.html'],
  ['/fi/asiointipalvelut/tpr-4711/', '/fi/asiointipalvelut/tpr-4711/index.html', true],
  ['/fi/folder/', '/fi/folder/index.html'],
  ['/robots.txt', '/robots.txt'],
  ['/fi/asiointipalvelut/haku.json', '/fi/asiointipalvelut/haku.json'],
  ['/de/', '/de/'],
  ['/nothing', '/nothing'],
];
for (const [uri, file, catalogue = false] of files)
  test(`${uri} is ${file}`, () => assert.deepEqual(ask(uri), { file, catalogue }));

test('every form has its page in the catalogue; before there is one, the one shell of all forms', () => {
  assert.deepEqual(ask('/sv/blankett/koirailmoitus/'), {
    file: '/sv/blankett/koirailmoitus/index.html',
    catalogue: true,
    otherwise: '/sv/blankett/index.html',
  });
});

const redirects: readonly [what: string, request: SiteRequest, location: string, permanent: boolean][] = [
  ['nothing known', { uri: '/', query: '', acceptLanguage: undefined, remembered: undefined }, '/fi/', false],
  [
    'the browser says',
    { uri: '/', query: '', acceptLanguage: 'de,en;q=0.7,sv;q=0.9', remembered: undefined },
    '/sv/',
    false,
  ],
  ['the person chose', { uri: '/', query: '', acceptLanguage: 'sv', remembered: 'en' }, '/en/', false],
  [
    'the cookie lies',
    { uri: '/', query: '', acceptLanguage: 'sv', remembered: '//evil.example' },
    '/sv/',
    false,
  ],
  [
    'no slash',
    { uri: '/fi/ohjeet', query: '?a=1', acceptLanguage: undefined, remembered: undefined },
    '/fi/ohjeet/?a=1',
    true,
  ],
  [
    'two slashes name no other site',
    { uri: '//fi/evil', query: '', acceptLanguage: undefined, remembered: undefined },
    '/fi/evil/',
    true,
  ],
  [
    'no slash at the root of a language',
    { uri: '/sv', query: '', acceptLanguage: undefined, remembered: undefined },
    '/sv/',
    true,
  ],
];
for (const [what, request, redirect, permanent] of redirects)
  test(`${what}: ${request.uri} → ${redirect}`, () =>
    assert.deepEqual(routeSite(request), { redirect, permanent }));

const preferences: readonly [header: string | undefined, language: string][] = [
  [undefined, 'fi'],
  ['', 'fi'],
  ['*', 'fi'],
  ['fr-FR,fr;q=0.9', 'fi'],
  ['sv-FI,sv;q=0.9,fi;q=0.8', 'sv'],
  ['EN-gb', 'en'],
  ['en;q=0, sv;q=0.1', 'sv'],
  ['en;q=0.5, fi; q=0.6', 'fi'],
  // Filipino and Svan are not Finnish and Swedish.
  ['fil,sva,en;q=0.1', 'en'],
];
for (const [header, language] of preferences)
  test(`Accept-Language ${header} → ${language}`, () => assert.equal(preferredLanguage(header), language));

test('no path, cookie or header sends a browser to another site', () => {
  const piece = fc.constantFrom('/', '//', '\\', 'fi', 'sv', 'evil.example', '..', '%2f', 'a', '@', ':');
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 8 }),
      fc.string(),
      fc.string(),
      (path, acceptLanguage, remembered) => {
        const route = routeSite({ uri: `/${path.join('')}`, query: '', acceptLanguage, remembered });
        if ('redirect' in route) assert.match(route.redirect, /^\/(fi|sv|en)\//);
      },
    ),
    { numRuns: 2_000 },
  );
});
