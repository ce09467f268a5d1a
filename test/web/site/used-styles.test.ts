import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isUsed, usedStyles, wordsOf } from '../../../web/build/used-styles.ts';

const root = join(import.meta.dirname, '../../..');
const words = new Set(['card', 'hds-icon--', 'open']);

test('what no page can match goes, and what only that needed', () => {
  const css =
    ':root{--a:1px;--b:var(--c);--c:2px;--d:3px}.card{margin:var(--a)}.card .gone,.gone{margin:var(--b)}@media print{.gone{top:var(--d)}}';
  assert.equal(usedStyles(css, words), ':root{--a:1px}.card{margin:var(--a)}');
});

test('elements, states, names put together and other selectors of a rule stay', () => {
  const css =
    'html a:hover{top:0}.hds-icon--check,.gone{top:1px}.card:not(.open){content:"›"/""}@media print{a{top:0}}';
  assert.equal(usedStyles(css, words), css.replace(',.gone', ''));
});

test('of what is said of the root twice the later stays, and what only some pages or media say', () => {
  const css = ':root{--a:1px;--b:2px}:root{--a:3px}@media print{:root{--a:4px}}a{margin:var(--a) var(--b)}';
  assert.equal(usedStyles(css, words), css.replace('--a:1px;', ''));
});

test('our own style files name no class that no page carries', () => {
  const used = wordsOf(root);
  const named = globSync('web/**/*.css', { cwd: root }).flatMap(file => {
    const css = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    const selectors = css.replace(/\{[^{}]*\}/g, '{}');
    return [...selectors.matchAll(/\.([a-z][\w-]*)/gi)].map(([, name = '']) => `${file}: .${name}`);
  });
  assert.deepEqual(
    named.filter(one => !isUsed(one.slice(one.lastIndexOf('.') + 1), used)),
    [],
  );
});
