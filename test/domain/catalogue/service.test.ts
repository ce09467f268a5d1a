import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groups, lifeEvents, topics } from '../../../lambdas/domain/catalogue/city.ts';
import {
  type Channel,
  channelsFor,
  type Service,
  type ServiceTexts,
  sortServices,
  textFor,
  textsFor,
} from '../../../lambdas/domain/catalogue/service.ts';
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

test('no code of a topic, a group or a life event means two things: the list carries them in one place', () => {
  const codes = [topics, groups, lifeEvents].flatMap(names => Object.keys(names));
  assert.equal(new Set(codes).size, codes.length);
});

const written = (texts: Partial<Record<Language, Partial<ServiceTexts>>>): Service => ({
  ...service('1', {}),
  texts: Object.fromEntries(
    Object.entries(texts).map(([language, some]) => [
      language,
      { name: 'x', links: [], channels: [], ...some },
    ]),
  ),
});
const channel = (id: number, ...urls: string[]): Channel => ({
  id,
  kind: 'eservice',
  links: urls.map(url => ({ title: url, url })),
});

test('a text that is missing in a language comes from another, and says from which', () => {
  const one = written({ fi: { costs: 'Maksuton', process: 'Näin' }, sv: { process: 'Så' }, en: {} });
  assert.deepEqual(textFor(one, 'process', 'en'), { text: 'Näin', language: 'fi' });
  assert.deepEqual(textFor(one, 'process', 'sv'), { text: 'Så', language: 'sv' });
  assert.equal(textFor(one, 'validity', 'sv'), undefined);
});

test('a channel without a link takes the link it has in another language: there is a way in', () => {
  const one = written({
    fi: { channels: [channel(1, 'https://a.example/fi'), channel(2)] },
    sv: { channels: [channel(1), channel(2)] },
    en: {},
  });
  const [first, second] = channelsFor(one, 'sv');
  assert.deepEqual(
    [first?.channel.links[0]?.url, first?.language, first?.linksLanguage],
    ['https://a.example/fi', 'sv', 'fi'],
  );
  assert.deepEqual([second?.channel.links, second?.linksLanguage], [[], 'sv']);
  assert.deepEqual(
    channelsFor(one, 'en').map(({ language }) => language),
    ['fi', 'fi'],
  );
});
