/** What a first view of a page may weigh, compressed, counted from the site as it is built. Nothing here is timed. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { withDefaults } from '../../../lambdas/domain/forms/defaults.ts';
import { everyField, pagesOf } from '../../../lambdas/domain/forms/tree.ts';
import { settle } from '../../../lambdas/domain/forms/visible.ts';
import { compileOwnForms } from '../../../web/build/own-forms.ts';
import { type PageName, type pages, placeOf } from '../../../web/urls.ts';
import { type BuiltSite, builtSite, importedBy, scriptsOf } from './site.ts';

/** Bytes: HTML as brotli, the others as gzip. The list's own limit is that of 480 services: test/catalogue/rendering.test.ts. */
const limits = {
  html: 14_000,
  styles: 15_000,
  publicScripts: 10_000,
  ownScripts: 25_000,
  formScripts: 30_000,
};

let site: BuiltSite;
before(async () => {
  site = await builtSite();
});
after(() => site.remove());

/** CloudFront packs while somebody waits, less tightly than one could. */
const onTheWay = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
const gzipped = (path: string): number => gzipSync(site.read(path)).length;
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

/** Of controls that most forms do without: what the page's own script fetches to show one, and what that imports. */
const partsFor = (controls: ReadonlySet<string>, script: string): string[] =>
  [...controls].flatMap(control => {
    const [, part] =
      new RegExp(`\\b${control}:[\\w$]+\\(\\(\\)=>import\\("\\./([^"]+)"`).exec(site.read(script)) ?? [];
    return part === undefined ? [] : importedBy(`/assets/${part}`, site.read);
  });

/** Each step of each of our forms with its weight: all that its questions need, but nothing for files chosen or dates picked. */
const stepsOfForms = async (): Promise<readonly (readonly [string, number, ReadonlySet<string>])[]> => {
  const script = site.assets['form.app.js'] ?? '';
  const forms = await compileOwnForms(join(import.meta.dirname, '../../../web'));
  return forms.flatMap(form =>
    pagesOf(settle(form, withDefaults(form, {})).tree).map(page => {
      const asked = [...everyField(page)].map(({ control }) => control);
      // What is asked only after an answer is not in the tree yet.
      const takesFiles = JSON.stringify(form.uiSchema[page.name] ?? {}).includes('"atvFile"');
      const controls = new Set<string>([...asked, ...(takesFiles ? ['file'] : [])]);
      const scripts = new Set([...importedBy(script, site.read), ...partsFor(controls, script)]);
      return [`${form.id} ${page.name}`, sum([...scripts].map(gzipped)), controls] as const;
    }),
  );
};

test('no step of a form loads more than a form may, whatever it asks', async () => {
  const steps = await stepsOfForms();
  const main = Math.min(...steps.map(([, weight]) => weight));
  const withFiles = steps.filter(([, , controls]) => controls.has('file'));
  assert.ok(
    withFiles.length > 0 && withFiles.every(([, weight]) => weight > main + 1_000),
    'parts are counted',
  );
  assert.deepEqual(
    steps.filter(([, weight]) => weight > limits.formScripts).map(([step, weight]) => `${step}: ${weight}`),
    [],
  );
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
