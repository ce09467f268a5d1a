import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Service, sortServices, textsFor } from '../../../lambdas/domain/catalogue/service.ts';
import type { Language } from '../../../lambdas/domain/language.ts';

const service = (id: string, names: Partial<Record<Language, string>>): Service => ({
  ...{ id, origin: 'register', topics: [], groups: [], lifeEvents: [], departments: [], electronic: false },
  texts: Object.fromEntries(
    Object.entries(names).map(([language, name]) => [language, { name, links: [], channels: [] }]),
  ),
});
const named = (names: string[]) =>
  names.map((name, index) => service(String(index), { fi: name, sv: name, en: name }));
const sorted = (names: string[], language: Language) =>
  sortServices(named(names), language).map(one => textsFor(one, language).texts.name);

test('each language has its own alphabet', () => {
  const names = ['Öljy', 'zeta', 'Ässä', 'Åland', 'apu', 'Adoptio', 'Ö 10', 'Ö 9'];
  assert.deepEqual(sorted(names, 'fi'), ['Adoptio', 'apu', 'zeta', 'Åland', 'Ässä', 'Ö 9', 'Ö 10', 'Öljy']);
  assert.deepEqual(sorted(names, 'sv'), ['Adoptio', 'apu', 'zeta', 'Åland', 'Ässä', 'Ö 9', 'Ö 10', 'Öljy']);
  assert.deepEqual(sorted(names, 'en'), ['Adoptio', 'Åland', 'apu', 'Ässä', 'Ö 9', 'Ö 10', 'Öljy', 'zeta']);
});

test('a missing language falls back, and says which one it is', () => {
  assert.deepEqual(textsFor(service('a', { fi: 'Koira' }), 'sv'), {
    texts: { name: 'Koira', links: [], channels: [] },
    language: 'fi',
  });
  assert.equal(textsFor(service('a', { fi: 'Koira', en: 'Dog' }), 'sv').language, 'fi');
  assert.equal(textsFor(service('a', { sv: 'Hund', en: 'Dog' }), 'fi').language, 'sv');
});

test('a service is listed under the name its reader sees', () => {
  const list = [
    service('a', { fi: 'Auto', sv: 'Öbo' }),
    service('b', { fi: 'Talo', sv: 'Ankare' }),
    service('c', { fi: 'Mato' }),
  ];
  assert.deepEqual(
    sortServices(list, 'sv').map(({ id }) => id),
    ['b', 'c', 'a'],
  );
});
