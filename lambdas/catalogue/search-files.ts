import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as finnish } from '@orama/stemmers/finnish';
import { stemmer as swedish } from '@orama/stemmers/swedish';
import { everydayWords } from '../domain/catalogue/everyday-words.ts';
import { cutEntry, searchEntries } from '../domain/catalogue/search/entries.ts';
import { buildIndex, packIndex } from '../domain/catalogue/search/search-index.ts';
import { analysisOf, type Stemmer } from '../domain/catalogue/search/words.ts';
import type { Service } from '../domain/catalogue/service.ts';
import { type Language, languages, type Translated } from '../domain/language.ts';

/** The index of one language, under a name that says what it holds: it never changes and is kept by browsers. */
export interface SearchFile {
  /** In the site, without a leading slash: `catalogue/search/fi-0123456789ab.json`. */
  readonly path: string;
  readonly text: string;
}

export type SearchFiles = Readonly<Record<Language, SearchFile>>;

export const stemmers: Readonly<Record<Language, Stemmer>> = { fi: finnish, sv: swedish, en: english };

/** Bytes of gzip that an index may weigh on its way; CloudFront packs less tightly than we measure here. */
const heaviest = 29_300;
/** How many roots of each service's texts go in: as many as weigh no more than that. */
const textLengths = [8, 6, 5, 4, 3, 2, 1];

const indexOf = (services: readonly Service[], language: Language): string => {
  const analysis = analysisOf(language, stemmers[language]);
  const entries = searchEntries({ services, language, everyday: everydayWords[language], analysis });
  const pack = (length: number): string =>
    packIndex(buildIndex(entries.map(entry => cutEntry(entry, length))));
  const fitting = textLengths.find(length => gzipSync(pack(length), { level: 9 }).length <= heaviest);
  return pack(fitting ?? 0);
};

/** What the list's search asks for when it is first used. */
export const searchFiles = (services: readonly Service[]): SearchFiles =>
  Object.fromEntries(
    languages.map(language => {
      const text = indexOf(services, language);
      const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
      return [language, { path: `catalogue/search/${language}-${hash}.json`, text }];
    }),
  ) as Record<Language, SearchFile>;

/** Where the list page of a language finds its index. */
export const searchUrls = (files: SearchFiles): Translated => ({
  fi: `/${files.fi.path}`,
  sv: `/${files.sv.path}`,
  en: `/${files.en.path}`,
});
