/** The portal works in browsers of the last two years: what it uses is asked of MDN's data, by web-features. */
import assert from 'node:assert/strict';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { browsers } from 'web-features';
import { oldestBrowsers, parseBrowsers, targets } from '../../../web/build/browsers.ts';
import { cityFolder } from '../../../web/build/city.ts';
import { cityTexts } from '../../../web/build/city-texts.ts';
import { publicFiles } from '../../../web/build/public-files.ts';
import { bundleStyles } from '../../../web/build/styles.ts';
import { missingIn } from './features.ts';
import { featuresOfScripts } from './scripts.ts';
import { featuresOfStyles } from './styles.ts';

const root = join(import.meta.dirname, '../../..');

/** What some browser of ours lacks and does well without; each line says what happens there instead. */
const dispensable: Readonly<Record<string, string>> = {
  'api.AbortSignal.timeout_static': 'it ends a call there too, and calls its reason otherwise',
  'css.properties.break-after.avoid': 'on paper only: a heading may stand last on a page',
  'css.properties.cursor.default': 'phones have none',
  'css.properties.cursor.not-allowed': 'phones have none',
  'css.properties.cursor.pointer': 'phones have none',
  'css.properties.forced-color-adjust': 'no colours are forced there',
  'css.properties.forced-color-adjust.none': 'no colours are forced there',
  'css.properties.hyphenate-limit-chars': 'short words may be hyphenated as well',
  'css.properties.orphans': 'on paper only: a line may stand alone',
  'css.properties.resize': 'a field keeps its height',
  'css.properties.text-wrap': 'a heading is broken as any text',
  'css.properties.text-wrap.balance': 'a heading is broken as any text',
  'css.properties.widows': 'on paper only: a line may stand alone',
  'html.elements.script.blocking': 'web/components/frame/first.css hides what the first script has not seen',
  'html.global_attributes.autocapitalize': 'a computer has keys for capitals',
  'css.at-rules.page': "on paper only: margins are the printer's",
};

const tooNew = (keys: Iterable<string>): string[] =>
  [...keys]
    .filter(key => missingIn(key).length > 0)
    .filter(key => !(key in dispensable))
    .map(key => `${key}: not in ${missingIn(key).join(', ')}`);

/** All code that may run in a browser: every page's script and the frame's. */
const scriptFiles = async (): Promise<string[]> => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: globSync(['web/pages/*/client.{ts,tsx}', 'web/components/frame/{first,client}.ts'], {
      cwd: root,
    }),
    outdir: 'nowhere',
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    metafile: true,
    plugins: [cityTexts(root, cityFolder())],
    logLevel: 'silent',
  });
  return Object.keys(metafile.inputs).filter(file => /^(web|lambdas)\/.*\.tsx?$/.test(file));
};

/** Of what only draws pages beforehand, the markup alone gets to a browser. */
const featuresOfPages = async (): Promise<Map<string, string>> => {
  const scripts = await scriptFiles();
  const drawn = (await publicFiles(root, cityFolder())).filter(file => !scripts.includes(file));
  const markup = [...featuresOfScripts(root, drawn)].filter(([key]) => key.startsWith('html.'));
  return new Map([...markup, ...featuresOfScripts(root, scripts)]);
};

const builtStyles = async (): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'styles-'));
  try {
    const assets = await bundleStyles({ root, folder, city: cityFolder(), target: targets });
    return Object.values(assets)
      .map(path => readFileSync(join(folder, path.replace('/assets/', '')), 'utf8'))
      .join('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const used = { scripts: new Map<string, string>(), styles: new Set<string>() as ReadonlySet<string> };

test('the oldest browsers declared are at least two years old', () => {
  const twoYearsAgo = new Date();
  twoYearsAgo.setUTCFullYear(twoYearsAgo.getUTCFullYear() - 2);
  assert.equal(oldestBrowsers.length, 7);
  for (const { name, version } of oldestBrowsers) {
    const released = browsers[name].releases.find(release => Number(release.version) === Number(version));
    assert.ok(released, `${name} ${version}`);
    assert.ok(new Date(released.date) <= twoYearsAgo, `${name} ${version} is of ${released.date}`);
  }
  assert.throws(() => parseBrowsers(['netscape >= 4']), /netscape >= 4/);
  assert.throws(() => parseBrowsers(['chrome 120']), /chrome 120/);
});

test('what is too new is found, in scripts, markup and styles', () => {
  const scripts = tooNew(featuresOfScripts(root, ['test/web/browsers/too-new/script.tsx']).keys()).map(
    line => line.split(':')[0],
  );
  for (const key of [
    'api.Document.startViewTransition',
    'api.HTMLElement.togglePopover',
    'javascript.builtins.Set.union',
    'javascript.builtins.Iterator.map',
    'api.URL.parse_static',
    'javascript.builtins.Promise.try',
    'html.global_attributes.popover',
  ])
    assert.ok(scripts.includes(key), `${key} is not among ${scripts.join(', ')}`);
  const styles = tooNew(
    featuresOfStyles(readFileSync(join(import.meta.dirname, 'too-new/style.css'), 'utf8')),
  );
  for (const key of [
    'css.properties.field-sizing',
    'css.types.calc-size',
    'css.types.color.contrast-color',
    'css.selectors.details-content',
    'css.properties.interpolate-size',
    'css.at-rules.starting-style',
  ])
    assert.ok(
      styles.some(line => line.startsWith(`${key}:`)),
      `${key} is not among ${styles.join(', ')}`,
    );
  assert.ok(!styles.some(line => line.includes('anchor-name')), 'what asks first may be new');
});

test('scripts and markup use nothing that a browser of ours lacks', async () => {
  used.scripts = await featuresOfPages();
  assert.ok(used.scripts.has('api.URLSearchParams.set') && used.scripts.has('html.elements.main'));
  assert.deepEqual(
    tooNew(used.scripts.keys()).map(line => `${used.scripts.get(line.split(':')[0] ?? '')}: ${line}`),
    [],
  );
});

test("styles use nothing that a browser of ours lacks, the design system's among them", async () => {
  used.styles = featuresOfStyles(await builtStyles());
  assert.ok(used.styles.has('css.properties.mask-size') && used.styles.has('css.selectors.focus-visible'));
  assert.deepEqual(tooNew(used.styles), []);
});

test('what may be missing is used, and is missing somewhere', () => {
  const idle = Object.keys(dispensable).filter(
    key => missingIn(key).length === 0 || !(used.scripts.has(key) || used.styles.has(key)),
  );
  assert.deepEqual(idle, []);
});
