import { type Analysis, fold, type Word, wordsOf } from './words.ts';

/** From `start` to before `end` of a text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The part of a word that was typed, where it stands in it as it is; else the whole word. */
const partOf = ({ text, start, end }: Word, typed: readonly string[]): Range => {
  const folded = fold(text);
  if (folded.length !== end - start) return { start, end };
  for (const asked of typed) {
    const place = folded.indexOf(asked);
    if (place >= 0) return { start: start + place, end: start + place + asked.length };
  }
  return { start, end };
};

/** What of a text to mark: the words whose roots were found. */
export const highlight = (
  text: string,
  query: string,
  found: ReadonlySet<string>,
  { root }: Analysis,
): Range[] => {
  const typed = wordsOf(query)
    .map(word => fold(word.text))
    .filter(word => word.length > 1);
  return wordsOf(text)
    .filter(word => found.has(root(word.text)))
    .map(word => partOf(word, typed));
};
