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

/** What consonant gradation and a stem's last vowel make of one word are one root: `luva`, `lupa` → `lup`. */
const finnishRoot = (stem: string): string =>
  stem
    .replace(/(?<=.{3})[aeiouy]+$/, '')
    .replace(/(.)\1/g, '$1')
    .replace(/(?<=.{2})(?:nt|nd)$/, 'n')
    .replace(/(?<=.{2})(?:lt|ld)$/, 'l')
    .replace(/(?<=.{2})(?:rt|rd)$/, 'r')
    .replace(/(?<=.{2})d$/, 't')
    .replace(/(?<=.{2})v$/, 'p')
    .replace(/tom$/, 't')
    .replace(/(?<=.{3})(?:ks|st)$/, 's')
    .replace(/(?<=.{3}[uy])t$/, 's');

const roots: Readonly<Record<Language, (stem: string) => string>> = {
  fi: finnishRoot,
  sv: stem => stem,
  en: stem => stem,
};

export interface Analysis {
  /** What is compared of one lower-case word. */
  readonly root: (word: string) => string;
  /** The roots of a text's words, without those that say nothing. */
  readonly roots: (text: string) => string[];
}

export const analysisOf = (language: Language, stem: Stemmer): Analysis => {
  const silent = stopWords[language];
  const root = (word: string): string => roots[language](fold(stem(word.replaceAll('-', '')))) || fold(word);
  const says = (word: string): boolean => word.length > 1 && !silent.has(word);
  return {
    root,
    roots: text =>
      wordsOf(text)
        .filter(({ text: word }) => says(word))
        .map(({ text: word }) => root(word)),
  };
};
