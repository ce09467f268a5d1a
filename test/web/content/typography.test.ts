import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../../..');
/** A wording of the consent stays as it was agreed to. */
const files = ['web', 'lambdas'].flatMap(folder =>
  globSync(`${folder}/**/{fi,sv,en,translation}.json`, {
    cwd: root,
    exclude: path => /everyday-words|content.consent/.test(path),
  }),
);

const wrong: readonly (readonly [string, RegExp])[] = [
  ['two spaces, or one at an end', / {2}|^ | $/],
  ['a straight quotation mark or apostrophe', /["']/],
  ['three dots', /\.\.\./],
  ['a hyphen for a dash', /\w - \w/],
];

const textsOf = (value: unknown): readonly string[] =>
  typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(textsOf);

test('texts are set as print is: quotation marks, apostrophes, dashes, one space', () => {
  assert.ok(files.length > 100);
  for (const file of files)
    for (const text of textsOf(JSON.parse(readFileSync(join(root, file), 'utf8'))))
      for (const [what, pattern] of wrong) assert.doesNotMatch(text, pattern, `${file}: ${what}`);
});
