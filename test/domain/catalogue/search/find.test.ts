import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as finnish } from '@orama/stemmers/finnish';
import fc from 'fast-check';
import { cutEntry, searchEntries } from '../../../../lambdas/domain/catalogue/search/entries.ts';
import { finder } from '../../../../lambdas/domain/catalogue/search/find.ts';
import { highlight } from '../../../../lambdas/domain/catalogue/search/highlight.ts';
import { buildIndex } from '../../../../lambdas/domain/catalogue/search/search-index.ts';
import { analysisOf, fold, wordsOf } from '../../../../lambdas/domain/catalogue/search/words.ts';
import type { Service } from '../../../../lambdas/domain/catalogue/service.ts';

const analysis = analysisOf('fi', finnish);
const service = (id: string, name: string, description = ''): Service => ({
  ...{ id, origin: 'own', topics: [], groups: [], lifeEvents: [], departments: [], electronic: true },
  texts: { fi: { name, description, links: [], channels: [] } },
});
const services = [
  service('vene', 'Venepaikan varaaminen', 'Kesäpaikka laiturista'),
  service('pysakointi', 'Asukaspysäköintitunnus', 'Auton paikka kadulla'),
  service('paivahoito', 'Varhaiskasvatushakemus', 'Hae lapselle paikkaa'),
  service('uimaranta', 'Uimarannat'),
];
const everyday = { paivahoito: 'päiväkoti, tarha', pysakointi: 'parkkilupa' };
const index = buildIndex(searchEntries({ services, language: 'fi', everyday, analysis }));
const { find, closest } = finder(index, analysis);
const ids = (query: string): string[] => find(query).map(({ id }) => id);

test('inflected, compound, misspelt and everyday words, and what lacks its dots, find the service', () => {
  for (const query of ['venepaikkoja', 'paikka veneelle', 'venepaika'])
    assert.equal(ids(query)[0], 'vene', query);
  for (const query of ['pysäköinti', 'pysakointitunnus', 'asukaspysäköinitunnus', 'parkkiluvan', 'PARKKI'])
    assert.equal(ids(query)[0], 'pysakointi', query);
  for (const query of ['päiväkotiin', 'tarhapaikka lapselle', 'varhaiskasvatus'])
    assert.equal(ids(query)[0], 'paivahoito', query);
});

test('the name counts before the text, and all words of a query before one', () => {
  assert.deepEqual(ids('paikka').slice(0, 1), ['vene']);
  assert.equal(ids('auton paikka')[0], 'pysakointi');
});

test('a name, an everyday word or its beginning is sure; a part of a phrase, a text, another compound is a guess', () => {
  const some = [
    service('elain', 'Eläimen vientitarkastus', 'Rokotustodistus'),
    service('koira', 'Koirailmoitus'),
    service('parkki', 'Asukaspysäköintitunnus'),
  ];
  const words = { elain: 'lemmikin passi, rabies', parkki: 'parkkilupa' };
  const known = finder(
    buildIndex(
      searchEntries({ services: some, language: 'fi', everyday: words, analysis }).map(entry =>
        cutEntry(entry, 8),
      ),
    ),
    analysis,
  );
  const sure = (query: string): string[] =>
    known
      .find(query)
      .filter(({ isSure }) => isSure)
      .map(({ id }) => id);
  for (const [query, ids] of [
    ['rabies', ['elain']],
    ['lemmikin passi', ['elain']],
    ['parkkiluvan', ['parkki']],
    ['parkkilipa', ['parkki']],
    ['koirail', ['koira']],
    ['passi', []],
    ['rokotustodistus', []],
    ['koiranvero', []],
    ['09 310 5015', []],
  ] as const)
    assert.deepEqual(sure(query), ids, query);
  assert.ok(known.find('passi').length > 0);
});

test('both halves of a compound say more than either', () => {
  const some = [
    service('a', 'Seniorien neuvonta'),
    service('b', 'Jumppa'),
    service('c', 'Seniorit ja jumppa'),
  ];
  const compounds = buildIndex(searchEntries({ services: some, language: 'fi', everyday: {}, analysis }));
  assert.equal(finder(compounds, analysis).find('seniorijumppa')[0]?.id, 'c');
});

test('what a service is about, and for whom, is part of what it answers to', () => {
  const one = { ...service('a', 'Avustus'), topics: ['P25'], groups: ['YOUTH'] };
  const other = { ...service('b', 'Avustus'), topics: ['P16'] };
  const grants = buildIndex(
    searchEntries({ services: [other, one], language: 'fi', everyday: {}, analysis }).map(entry =>
      cutEntry(entry, 8),
    ),
  );
  const grantsFound = finder(grants, analysis);
  assert.equal(grantsFound.find('kulttuuri avustus')[0]?.id, 'a');
  assert.equal(grantsFound.find('avustus nuorille')[0]?.id, 'a');
  assert.equal(grantsFound.find('pysäköinti avustus')[0]?.id, 'b');
});

test('nothing is found for nothing, and words that say nothing ask nothing', () => {
  for (const query of ['', '   ', '…', 'minä haluan', 'hyppyrotta']) assert.deepEqual(ids(query), [], query);
  assert.deepEqual(closest('uimahalli', 1), ['uimaranta']);
  assert.deepEqual(closest('', 3), []);
});

test('whatever is typed, the answer is services, the best first', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), query => {
      const found = find(query);
      const scores = found.map(({ score }) => score);
      assert.deepEqual(
        scores,
        scores.toSorted((one, other) => other - one),
      );
      assert.equal(new Set(found.map(({ id }) => id)).size, found.length);
    }),
  );
});

const marks = (text: string, query: string): string[] => {
  const roots = new Set(find(query).flatMap(found => found.roots));
  return highlight(text, query, roots, analysis).map(({ start, end }) => text.slice(start, end));
};

test('what was typed is marked, else the whole word that answers', () => {
  assert.deepEqual(marks('Hae Asukaspysäköintitunnus', 'pysak'), ['pysäk']);
  assert.deepEqual(marks('Venepaikan varaaminen', 'venepaikkoja'), ['Venepaikan']);
  assert.deepEqual(marks('Uimarannat', 'venepaikka'), []);
});

test('marks lie within the text, one after another', () => {
  const text = fc.array(fc.constantFrom('Venepaikka', 'VENEPAIKAT', ' ', '-', 'ﬁ', 'é', 'İ'), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(text, parts => {
      const said = parts.join('');
      let done = 0;
      for (const { start, end } of highlight(said, 'venepaikka', new Set(['venepaik']), analysis)) {
        assert.ok(start >= done && end > start && end <= said.length);
        done = end;
      }
    }),
  );
});

test('words stand where they are said to', () => {
  assert.deepEqual(
    wordsOf('E-kirja, ip-kerho!').map(({ text }) => text),
    ['e-kirja', 'ip', 'kerho'],
  );
  assert.equal(fold('e-pillerit'), 'epillerit');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), said => {
      for (const { text, start, end } of wordsOf(said)) assert.equal(text.length, end - start);
    }),
  );
});

test('forms of a word have one root', () => {
  const same = [
    ['lupa', 'luvan', 'luvat', 'lupia'],
    ['asunto', 'asunnot', 'asuntoja'],
    ['päiväkoti', 'päiväkodin', 'päiväkotiin'],
    ['hakemus', 'hakemuksen', 'hakemuksia'],
    ['lapsi', 'lapsen', 'lasten', 'lapsille'],
    ['koti', 'kodin', 'kotona'],
    ['valvoja', 'valvojan', 'valvojalle', 'valvojien'],
    ['aika', 'ajan', 'aikaa', 'ajanvaraus'],
    ['etätyö', 'etätöitä', 'etätyöhön'],
  ];
  for (const forms of same) assert.equal(new Set(forms.map(analysis.root)).size, 1, forms.join());
  assert.notEqual(analysis.root('koditon'), analysis.root('koti'));
  assert.notEqual(analysis.root('työtön'), analysis.root('työ'));
  const { root } = analysisOf('en', english);
  assert.equal(root('permits'), root('permit'));
});
