import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Entry, find, readQuery, writeQuery } from '../../../web/pages/services/filter.ts';

const entry = (name: string, more: Partial<Entry> = {}): Entry => ({
  ...{ name, text: '', topics: [], groups: [], electronic: false },
  ...more,
});
const names = (entries: readonly Entry[], search: string): string[] =>
  find(entries, readQuery(search)).map(({ name }) => name);

test('the best match comes first: the name before the text, its beginning before its middle', () => {
  const entries = [
    entry('Eläinsuojelu', { text: 'koira tai kissa' }),
    entry('Vahinkokoirat'),
    entry('Uusi koira'),
    entry('Koirailmoitus'),
    entry('Kissa'),
  ];
  assert.deepEqual(names(entries, '?q=KOIRA'), [
    'Koirailmoitus',
    'Uusi koira',
    'Vahinkokoirat',
    'Eläinsuojelu',
  ]);
  assert.deepEqual(names(entries, '?q=uusi+koira'), ['Uusi koira']);
  assert.deepEqual(names(entries, '?q=hevonen'), []);
});

test('filters narrow, several of one kind widen, and what is unknown says nothing', () => {
  const entries = [
    entry('A', { topics: ['P1'], groups: ['YOUTH'], electronic: true }),
    entry('B', { topics: ['P2'], groups: ['YOUTH'] }),
    entry('C', { topics: ['P3'], electronic: true }),
  ];
  assert.deepEqual(names(entries, '?topic=P1&topic=P2'), ['A', 'B']);
  assert.deepEqual(names(entries, '?topic=P1,P3&channel=electronic'), ['A', 'C']);
  assert.deepEqual(names(entries, '?group=YOUTH&channel=electronic'), ['A']);
  assert.deepEqual(names(entries, '?channel=pigeon&colour=red'), ['A', 'B', 'C']);
});

test('a query survives the address bar', () => {
  const word = fc.string({ maxLength: 30 }).map(text => text.trim());
  const codes = fc.array(fc.stringMatching(/^[A-Z0-9_]{1,8}$/), { maxLength: 3 });
  fc.assert(
    fc.property(fc.record({ q: word, topics: codes, groups: codes, electronic: fc.boolean() }), query => {
      assert.deepEqual(readQuery(writeQuery(query)), { ...query });
    }),
  );
});
