import type { Language } from '../../language.ts';
import { stopWords } from './stop-words.ts';

/** Takes endings off one lower-case word, its diacritics still there. */
export type Stemmer = (word: string) => string;

export interface Word {
  /** Lower-case, as written otherwise. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Not `toLowerCase()` of the whole: İ would become two characters, and places in the text must hold. */
const lower = (character: string): string => {
  const small = character.toLowerCase();
  return small.length === character.length ? small : character;
};

/** Letters and digits that stand together; `e-kirja` is one word, its hyphen no part of it. */
export const wordsOf = (text: string): Word[] =>
  [...text.matchAll(/(?<![\p{L}\p{N}])\p{L}-(?=\p{L}{2})[\p{L}\p{N}]+|[\p{L}\p{N}]+/gu)].map(found => ({
    text: [...found[0]].map(lower).join(''),
    start: found.index,
    end: found.index + found[0].length,
  }));

/** Without dots, rings and accents: many a keyboard has none. As long as before where a letter has a base letter. */
export const fold = (word: string): string =>
  word
    .normalize('NFD')
    .replace(/[\p{M}-]/gu, '')
    .toLowerCase();

/** Common words whose forms differ more than a stemmer knows, also at the end of compounds. */
const irregular: readonly (readonly [forms: RegExp, root: string])[] = [
  [/(?:laps[ei]\p{L}*|lasten|lasta)$/u, 'laps'],
  [/(?:vesi\p{L}{0,4}|vede\p{L}*|vettä|veteen)$/u, 'ves'],
  [/(?:työ|työ[nt]|työtä|työssä|työstä|työhön|töi\p{L}*)$/u, 'tyo'],
  [/(?:hammas\p{L}{0,2}|hamp(?:aa|ai)\p{L}*)$/u, 'hamas'],
  [/(?:asiakas\p{L}{0,2}|asiakk(?:aa|ai)\p{L}*)$/u, 'asiakas'],
  [/(?:miestä|miehe\p{L}*|miehi\p{L}*)$/u, 'mies'],
  // Who asks for a time wants to book one.
  [/^(?:aika|aikaa|ajan|ajat|aikoja)$/u, 'ajanvaraus'],
  [/(?:koti\p{L}{0,2}|kodi(?!t[to])\p{L}{0,4}|kotona|kotoa)$/u, 'kot'],
];

/** What consonant gradation and a stem's last vowel make of one word are one root: `luva`, `lupa` → `lup`. */
const finnishRoot = (stem: string): string =>
  stem
    .replace(/(?<=.{3})(?:[aeiouy]+j[aeiouy]*|[aeiouy]+)$/, '')
    .replace(/(.)\1/g, '$1')
    .replace(/(?<=.{2})(?:nt|nd)$/, 'n')
    .replace(/(?<=.{2})(?:lt|ld)$/, 'l')
    .replace(/(?<=.{2})(?:rt|rd)$/, 'r')
    .replace(/(?<=.{2})d$/, 't')
    .replace(/(?<=.{2})v$/, 'p')
    .replace(/tom$/, 't')
    .replace(/(?<=.{3})(?:ks|st)$/, 's')
    .replace(/(?<=.{3}[uy])t$/, 's');

const irregularRoot = (word: string): string | undefined => {
  for (const [forms, root] of irregular) {
    const place = word.search(forms);
    if (place >= 0) return fold(word.slice(0, place)) + root;
  }
  return undefined;
};

/** What is compared of a word, by language; a stemmer takes most endings off before. */
const rootsOf: Readonly<Record<Language, (word: string, stem: Stemmer) => string>> = {
  fi: (word, stem) => irregularRoot(word) ?? finnishRoot(fold(stem(word))),
  sv: (word, stem) => fold(stem(word)),
  en: (word, stem) => fold(stem(word)),
};

export interface Analysis {
  /** What is compared of one lower-case word. */
  readonly root: (word: string) => string;
  /** The roots of a text's words, without those that say nothing. */
  readonly roots: (text: string) => string[];
}

export const analysisOf = (language: Language, stem: Stemmer): Analysis => {
  const silent = stopWords[language];
  const root = (word: string): string => rootsOf[language](word.replaceAll('-', ''), stem) || fold(word);
  const says = (word: string): boolean => word.length > 1 && !silent.has(word);
  return {
    root,
    roots: text =>
      wordsOf(text)
        .filter(({ text: word }) => says(word))
        .map(({ text: word }) => root(word)),
  };
};
