/** How well and how fast the search answers queries as people speak, beside MiniSearch as it comes on the same texts. */
import MiniSearch from 'minisearch';
import { searchFiles, stemmers } from '../../lambdas/catalogue/search-files.ts';
import { everydayWords } from '../../lambdas/domain/catalogue/everyday-words.ts';
import { finder } from '../../lambdas/domain/catalogue/search/find.ts';
import { unpackIndex } from '../../lambdas/domain/catalogue/search/search-index.ts';
import { analysisOf } from '../../lambdas/domain/catalogue/search/words.ts';
import { type Service, textsFor } from '../../lambdas/domain/catalogue/service.ts';
import type { Language } from '../../lambdas/domain/language.ts';
import laterQueries from '../catalogue/later-queries.json' with { type: 'json' };
import writtenQueries from '../catalogue/queries.json' with { type: 'json' };
import { realServices } from '../catalogue/real-register.ts';

export interface SpokenQuery {
  readonly language: Language;
  /** Colloquial, inflected, part of a compound, misspelt or a description. */
  readonly kind: string;
  readonly query: string;
  /** Ids of the services that are right, each as good as the others. */
  readonly services: readonly string[];
}

export interface SearchMeasure {
  readonly queries: number;
  /** The share of queries with a right service among the first three, 0 to 1. */
  readonly top3: number;
  readonly millisecondsPerQuery: number;
  /** Time of a query over the time plain MiniSearch takes for it on the same texts. */
  readonly ratio: number;
}

/** Ids, best first. */
type Find = (query: string) => readonly string[];

/** Written before the search was tuned, and those that were asked of it later, unseen. */
export const spokenQueries: readonly SpokenQuery[] = [...writtenQueries, ...laterQueries] as SpokenQuery[];

type Finders = Readonly<Record<Language, Find>>;

const perLanguage = (make: (language: Language) => Find): Finders => ({
  fi: make('fi'),
  sv: make('sv'),
  en: make('en'),
});

/** As the browser has it: from the packed index. */
export const ourFinders = (services: readonly Service[]): Finders => {
  const files = searchFiles(services);
  return perLanguage(language => {
    const analysis = analysisOf(language, stemmers[language]);
    const { find } = finder(unpackIndex(files[language].text), analysis);
    return query => find(query).map(({ id }) => id);
  });
};

const plainDocument = (service: Service, language: Language) => {
  const { name, synonyms, description, channels } = textsFor(service, language).texts;
  const said = channels.flatMap(channel => [channel.name, channel.information]);
  return {
    id: service.id,
    name,
    words: [synonyms, everydayWords[language][service.id]].join(' '),
    text: [description, ...said].join(' '),
  };
};

/** MiniSearch with no more than its options: beginnings of words, and errors in a fifth of the letters. */
const plainFinders = (services: readonly Service[]): Finders =>
  perLanguage(language => {
    const plain = new MiniSearch({
      fields: ['name', 'words', 'text'],
      searchOptions: { prefix: true, fuzzy: 0.2, boost: { name: 3, words: 2 } },
    });
    plain.addAll(services.map(service => plainDocument(service, language)));
    return query => plain.search(query).map(({ id }) => String(id));
  });

/** Whether a right service is among the first three. */
export const isFound = ({ language, query, services }: SpokenQuery, find: Finders): boolean =>
  find[language](query)
    .slice(0, 3)
    .some(id => services.includes(id));

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

/** Every fourth is enough to tell how long one takes. */
const timed = spokenQueries.filter((_, place) => place % 4 === 0);

/** Milliseconds to answer them once. */
const time = (find: Finders): number => {
  const start = performance.now();
  for (const { language, query } of timed) find[language](query);
  return performance.now() - start;
};

/** Undisturbed rounds of both in turn; the first, before the code is warm, does not count. */
export const measureSearch = async (rounds = 15): Promise<SearchMeasure> => {
  const services = await realServices();
  const [ours, plain] = [ourFinders(services), plainFinders(services)];
  const times = Array.from({ length: rounds + 1 }, () => [time(ours), time(plain)] as const).slice(1);
  const found = spokenQueries.filter(query => isFound(query, ours)).length;
  return {
    queries: spokenQueries.length,
    top3: found / spokenQueries.length,
    millisecondsPerQuery: median(times.map(([mine]) => mine)) / timed.length,
    ratio: median(times.map(([mine, theirs]) => mine / theirs)),
  };
};
