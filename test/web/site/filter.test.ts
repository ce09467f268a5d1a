import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  countChoices,
  type Entry,
  findPlainly,
  narrow,
  readQuery,
  writeQuery,
} from '../../../web/pages/services/filter.ts';

const entry = (name: string, more: Partial<Entry> = {}): Entry => ({
  ...{ name, text: '', topics: [], groups: [], events: [], electronic: false },
  ...more,
});
const entries = [
  entry('A', { topics: ['P1'], groups: ['YOUTH'], events: ['MOVING'], electronic: true }),
  entry('B', { topics: ['P2'], groups: ['YOUTH'] }),
  entry('C', { topics: ['P3'], electronic: true }),
];
const names = (search: string): string[] => narrow(entries, readQuery(search)).map(({ name }) => name);

test('filters narrow, several of one kind widen, and what is unknown says nothing', () => {
  assert.deepEqual(names('?topic=P1&topic=P2'), ['A', 'B']);
  assert.deepEqual(names('?topic=P1,P3&channel=electronic'), ['A', 'C']);
  assert.deepEqual(names('?group=YOUTH&channel=electronic'), ['A']);
  assert.deepEqual(names('?event=MOVING,DIVORCE'), ['A']);
  assert.deepEqual(names('?event=DIVORCE'), []);
  assert.deepEqual(names('?channel=pigeon&colour=red'), ['A', 'B', 'C']);
});

test('a count says what a choice would find beside the others, not beside its own kind', () => {
  const query = readQuery('?topic=P1&channel=electronic');
  const { topics, groups, events, electronic } = countChoices(entries, query);
  assert.deepEqual(
    [...topics],
    [
      ['P1', 1],
      ['P3', 1],
    ],
  );
  assert.deepEqual([...groups], [['YOUTH', 1]]);
  assert.deepEqual([...events], [['MOVING', 1]]);
  assert.equal(electronic, 1);
  assert.equal(countChoices(entries, readQuery('?group=YOUTH')).electronic, 1);
});

test('a choice that is made finds as many as its count said', () => {
  const codes = fc.subarray(['P1', 'P2', 'P3']);
  fc.assert(
    fc.property(codes, fc.boolean(), fc.constantFrom('P1', 'P2', 'P3'), (topics, electronic, topic) => {
      const filters = { topics, groups: [], events: [], electronic };
      const promised = countChoices(entries, filters).topics.get(topic) ?? 0;
      assert.equal(narrow(entries, { ...filters, topics: [topic] }).length, promised);
    }),
  );
});

test('without an index the words are looked for as they are, in names first', () => {
  const some = [entry('Eläinsuojelu', { text: 'koira tai kissa' }), entry('Koirailmoitus'), entry('Kissa')];
  const found = (q: string): string[] => findPlainly(some, q).map(({ name }) => name);
  assert.deepEqual(found('KOIRA'), ['Koirailmoitus', 'Eläinsuojelu']);
  assert.deepEqual(found('hevonen'), []);
  assert.deepEqual(found('…'), []);
});

test('a query survives the address bar', () => {
  const word = fc.string({ maxLength: 30 }).map(text => text.trim());
  const codes = fc.array(fc.stringMatching(/^[A-Z0-9_]{1,8}$/), { maxLength: 3 });
  fc.assert(
    fc.property(
      fc.record({ q: word, topics: codes, groups: codes, events: codes, electronic: fc.boolean() }),
      query => {
        assert.deepEqual(readQuery(writeQuery(query)), { ...query });
      },
    ),
  );
});
