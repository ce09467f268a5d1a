import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { searchFiles } from '../../lambdas/catalogue/search-files.ts';
import { topics } from '../../lambdas/domain/catalogue/city.ts';
import { everydayWords } from '../../lambdas/domain/catalogue/everyday-words.ts';
import type { Service } from '../../lambdas/domain/catalogue/service.ts';
import { languages } from '../../lambdas/domain/language.ts';
import placed from '../../web/content/catalogue/service-topics.json' with { type: 'json' };
import { isFound, measureSearch, ourFinders, spokenQueries } from '../bench/search.ts';
import { realRegisterAbsent, realServices } from './real-register.ts';

let services: Service[];
before(async () => {
  if (!realRegisterAbsent) services = await realServices();
});

test('queries as people speak find a right service among the first three: nine of ten, in every language', {
  skip: realRegisterAbsent,
}, () => {
  const find = ourFinders(services);
  assert.ok(spokenQueries.length >= 120);
  for (const language of languages) {
    const mine = spokenQueries.filter(query => query.language === language);
    const missed = mine.filter(query => !isFound(query, find)).map(({ query }) => query);
    assert.ok(mine.length >= 25, language);
    assert.ok(missed.length <= mine.length * 0.1, `${language}: ${missed.join(', ')}`);
  }
});

test('a query asks only for services there are', { skip: realRegisterAbsent }, () => {
  const ids = new Set(services.map(({ id }) => id));
  for (const query of spokenQueries)
    assert.deepEqual(
      query.services.filter(id => !ids.has(id)),
      [],
      query.query,
    );
});

test('an index weighs at most 30 kB', { skip: realRegisterAbsent }, () => {
  for (const { path, text } of Object.values(searchFiles(services))) {
    const weight = gzipSync(text, { level: 6 }).length;
    assert.ok(weight > 15_000 && weight <= 30_000, `${path}: ${weight}`);
  }
});

test('a query costs at most twice what plain MiniSearch does', { skip: realRegisterAbsent }, async () => {
  const { queries, top3, ratio } = await measureSearch(5);
  assert.equal(queries, spokenQueries.length);
  assert.ok(top3 >= 0.9);
  assert.ok(ratio <= 2, `ratio ${ratio}`);
});

test('every service of the register has everyday words in each of its languages, and a topic', {
  skip: realRegisterAbsent,
}, () => {
  for (const service of services.filter(({ origin }) => origin === 'register')) {
    assert.ok(service.topics.length > 0, service.id);
    for (const language of languages)
      assert.ok(
        everydayWords[language][service.id] !== undefined || service.texts[language] === undefined,
        `${service.id} ${language}`,
      );
  }
});

const numbers = (ids: readonly string[]): number[] => ids.map(id => Number(id.replace('tpr-', '')));

test("the editor's data is in order: by id, known topics, words as words", () => {
  const lists: Readonly<Record<string, string>>[] = [placed, ...Object.values(everydayWords)];
  for (const list of lists) {
    const order = numbers(Object.keys(list));
    assert.deepEqual(
      order,
      order.toSorted((one, other) => one - other),
    );
  }
  for (const codes of Object.values(placed))
    for (const code of codes.split(' ')) assert.ok(topics[code] !== undefined, code);
  for (const list of Object.values(everydayWords))
    for (const words of Object.values(list))
      for (const word of words.split(', ')) assert.match(word, /^[^<>{}]{2,80}$/);
});
