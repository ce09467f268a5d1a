import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');

test('no city is named in the infrastructure: it is configuration', () => {
  const named = globSync('lib/**/*.ts', { cwd: root })
    .filter(file => !file.startsWith('lib/local/'))
    .filter(file =>
      /helsinki|helsingfors|hel\.fi|hel\.ninja|\bHEL\b|310 ?88800/i.test(
        readFileSync(join(root, file), 'utf8'),
      ),
    );
  assert.deepEqual(named, []);
});
