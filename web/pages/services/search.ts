/** The search itself, its index and the language's stemmer: fetched when somebody searches, not before. */
import { type Finder, finder } from '../../../lambdas/domain/catalogue/search/find.ts';
import { highlight, type Range } from '../../../lambdas/domain/catalogue/search/highlight.ts';
import { unpackIndex } from '../../../lambdas/domain/catalogue/search/search-index.ts';
import { analysisOf, type Stemmer } from '../../../lambdas/domain/catalogue/search/words.ts';
import type { Language } from '../../../lambdas/domain/language.ts';

export interface Search extends Finder {
  /** What of a text to mark for the roots found. */
  readonly highlight: (text: string, query: string, roots: ReadonlySet<string>) => Range[];
}

const stemmers: Readonly<Record<Language, () => Promise<{ readonly stemmer: Stemmer }>>> = {
  fi: () => import('@orama/stemmers/finnish'),
  sv: () => import('@orama/stemmers/swedish'),
  en: () => import('@orama/stemmers/english'),
};

const fetchText = async (url: string): Promise<string> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response.text();
};

/** Rejects where the index or the stemmer cannot be fetched. */
export const openSearch = async (language: Language, indexUrl: string): Promise<Search> => {
  const [{ stemmer }, text] = await Promise.all([stemmers[language](), fetchText(indexUrl)]);
  const analysis = analysisOf(language, stemmer);
  return {
    ...finder(unpackIndex(text), analysis),
    highlight: (said, query, roots) => highlight(said, query, roots, analysis),
  };
};
