/** What a first view of a page may weigh, compressed, counted from the site as it is built. Nothing here is timed. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { type PageName, type pages, placeOf } from '../../../web/urls.ts';
import { type BuiltSite, builtSite, importedBy, scriptsOf } from './site.ts';

/** Bytes: HTML as brotli, the others as gzip. The list's own limit is that of 480 services: test/catalogue/rendering.test.ts. */
const limits = {
  html: 14_000,
  styles: 15_000,
  publicScripts: 10_000,
  ownScripts: 25_000,
  formScripts: 30_000,
  withFirstAnswer: 13_600,
};

let site: BuiltSite;
before(async () => {
  site = await builtSite();
});
after(() => site.remove());

/** CloudFront packs while somebody waits, less tightly than one could. */
const onTheWay = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
/** CloudFront packs nothing smaller. */
const smallestPacked = 1_000;
const gzipped = (path: string): number => {
  const text = site.read(path);
  return Buffer.byteLength(text) < smallestPacked ? Buffer.byteLength(text) : gzipSync(text).length;
};
const stylesOf = (html: string): string[] =>
  [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, path = '']) => path);

/** A page whose script shows one's own matters has the styles of such pages. */
const isOwn = (html: string): boolean => stylesOf(html).includes(site.assets['styles.css'] ?? '');
const pageOf = (path: string): PageName | undefined => placeOf(path)?.page;

const scriptLimit = (path: string, html: string): number =>
  pageOf(path) === 'form' ? limits.formScripts : isOwn(html) ? limits.ownScripts : limits.publicScripts;

const sum = (weights: readonly number[]): number => weights.reduce((all, one) => all + one, 0);

/** A line for each page over a limit. */
const over = (limitOf: (path: string, html: string) => number, weigh: (html: string) => number): string[] =>
  [...site.pages].flatMap(([path, html]) => {
    const [limit, weight] = [limitOf(path, html), weigh(html)];
    return weight > limit ? [`${path}: ${weight} bytes, at most ${limit}`] : [];
  });

const weighScripts = (html: string): number => sum(scriptsOf(html, site.read).map(gzipped));

test('the HTML of every page fits the first packets', () => {
  const weigh = (html: string): number => brotliCompressSync(html, onTheWay).length;
  assert.deepEqual(
    over(() => limits.html, weigh),
    [],
  );
});

test('every page has one stylesheet, and no page more than 15 kB of styles', () => {
  for (const [path, html] of site.pages) assert.equal(stylesOf(html).length, 1, path);
  assert.deepEqual(
    over(
      () => limits.styles,
      html => sum(stylesOf(html).map(gzipped)),
    ),
    [],
  );
});

test('no page loads more scripts than its kind may', () => {
  const own = [...site.pages].filter(([, html]) => isOwn(html)).map(([path]) => pageOf(path));
  for (const page of ['register', 'front', 'folder', 'details', 'form'] satisfies (keyof typeof pages)[])
    assert.ok(own.includes(page), page);
  assert.deepEqual(over(scriptLimit, weighScripts), []);
});

/** Of what a form's page fetches by itself, what no first view of its questions needs, by all its names; whatever else there is counts. */
const comesLater = {
  'with the first answer':
    'judge Amends Before CarriedOver Closing Conflict ConsentFirst Ending Missing aim copiesLeft fillIn goOn offer openCarried post spelled',
  'with the first file': 'ChosenFiles send',
  'when there is a place for files, for dragging them there': 'acceptDrops',
  'when it is opened': 'Calendar',
  'with the first postal code': 'PostalTown',
  'instead of the questions': 'NotForThisOne',
  'with the first answer, to ask before one signs out': 'mayLeave',
  'five minutes before the session ends': 'SessionWarning',
  'when the helpline is in sight, below the questions': 'showHours',
};
const laterNames = Object.values(comesLater).flatMap(names => names.split(' '));

/** What a script may fetch later, with the names each gives away. */
const fetchedBy = (script: string): ReadonlyMap<string, readonly string[]> =>
  new Map(
    [...site.read(script).matchAll(/import\("\.\/([^"]+)"\)/g)].map(([, part = '']) => {
      const given = [...site.read(`/assets/${part}`).matchAll(/export\{([^}]*)\}/g)].map(
        ([, names]) => names,
      );
      return [
        `/assets/${part}`,
        given
          .join()
          .split(',')
          .map(one => one.split(' as ').at(-1) ?? ''),
      ];
    }),
  );

const isLater = (given: readonly string[]): boolean => given.every(name => laterNames.includes(name));

test('the first view of a form loads no more than a form may, whatever it asks and whoever fills it in', () => {
  const [html = ''] = [...site.pages].filter(([path]) => pageOf(path) === 'form').map(([, html]) => html);
  const parts = fetchedBy(site.assets['form.app.js'] ?? '');
  assert.deepEqual(
    laterNames.filter(name => ![...parts.values()].flat().includes(name)),
    [],
    'named, and not there any more',
  );
  const also = [...parts].filter(([, given]) => !isLater(given)).map(([part]) => part);
  const scripts = new Set([
    ...scriptsOf(html, site.read),
    ...also.flatMap(part => importedBy(part, site.read)),
  ]);
  const weight = sum([...scripts].map(gzipped));
  assert.ok(weight > 20_000 && weight <= limits.formScripts, `${weight} bytes, with ${also}`);
});

test('what comes with the first answer is small enough for a poor connection', () => {
  const app = site.assets['form.app.js'] ?? '';
  const first = importedBy(app, site.read);
  const [part = ''] = [...fetchedBy(app)].find(([, given]) => given.includes('judge')) ?? [];
  const weight = sum(
    importedBy(part, site.read)
      .filter(script => !first.includes(script))
      .map(gzipped),
  );
  assert.ok(weight > 5_000 && weight <= limits.withFirstAnswer, `${weight} bytes`);
});

test('what weighs more is found', () => {
  assert.ok(over(() => 2_000, weighScripts).length > 50);
});

test('a public page asks for no more than its frame and one script of its own', () => {
  for (const [path, html] of site.pages)
    assert.ok(
      scriptsOf(html, site.read).length <= (isOwn(html) ? 3 : 2),
      `${path}: ${scriptsOf(html, site.read)}`,
    );
});
