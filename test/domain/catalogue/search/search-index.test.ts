import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  buildIndex,
  packIndex,
  type SearchEntry,
  unpackIndex,
} from '../../../../lambdas/domain/catalogue/search/search-index.ts';

const root = fc.oneof(
  fc.stringMatching(/^[a-z0-9]{1,30}$/),
  fc.constantFrom('kala', 'kalastus', 'straße', 'тест'),
);
const roots = fc.uniqueArray(root, { maxLength: 8 });
const id = fc.oneof(
  fc.integer({ min: 1, max: 99_999 }).map(number => `tpr-${number}`),
  fc.constantFrom('koirailmoitus', 'lomake-007', '2024', 'tpr-'),
);
const entries: fc.Arbitrary<SearchEntry[]> = fc.uniqueArray(
  fc.record({ id, name: roots, words: roots, phrases: roots, text: roots }),
  { selector: entry => entry.id, maxLength: 40 },
);

test('an index that travelled is the index that was packed', () => {
  fc.assert(
    fc.property(entries, some => {
      const index = buildIndex(some);
      assert.deepEqual(unpackIndex(packIndex(index)), index);
    }),
  );
});

test('a root counts once a service, where it counts most', () => {
  const { roots: known, postings } = buildIndex([
    {
      id: 'b',
      name: ['kala'],
      words: ['kala', 'uisko'],
      phrases: ['uisko', 'järvi'],
      text: ['uisko', 'järvi', 'vesi'],
    },
    { id: 'a', name: [], words: [], phrases: [], text: ['kala'] },
  ]);
  assert.deepEqual(known, ['järvi', 'kala', 'uisko', 'vesi']);
  assert.deepEqual(postings, [
    [{ service: 0, field: 3 }],
    [
      { service: 0, field: 0 },
      { service: 1, field: 2 },
    ],
    [{ service: 0, field: 1 }],
    [{ service: 0, field: 2 }],
  ]);
});

test('a text that is no index is refused', () => {
  assert.throws(() => unpackIndex('<!doctype html>'), SyntaxError);
});
