/** The index as it is searched, and the text it travels as: 30 kB of gzip a language would not hold it otherwise. */

import {
  type BitReader,
  type BitWriter,
  bitReader,
  bitWriter,
  readCount,
  readGap,
  writeCount,
  writeGap,
} from './bits.ts';

/** What is known of one service: roots of words, each once, where it counts most. */
export interface SearchEntry {
  readonly id: string;
  readonly name: readonly string[];
  /** Everyday words and the register's synonyms. */
  readonly words: readonly string[];
  /** Of everyday words that are more than one: `lemmikin passi`. */
  readonly phrases: readonly string[];
  readonly text: readonly string[];
}

/** A service, by its place among `ids`, and where in it a root stands: 0 name, 1 words, 2 text, 3 phrases. */
export interface Posting {
  readonly service: number;
  readonly field: number;
}

export interface SearchIndex {
  readonly ids: readonly string[];
  /** In the order of their characters' codes. */
  readonly roots: readonly string[];
  /** Of the root in the same place; services in ascending order. */
  readonly postings: readonly (readonly Posting[])[];
}

const byCode = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

export const buildIndex = (entries: readonly SearchEntry[]): SearchIndex => {
  const known = new Map<string, Posting[]>();
  for (const [service, { name, words, phrases, text }] of entries.entries())
    for (const [roots, field] of [
      [name, 0],
      [words, 1],
      [phrases, 3],
      [text, 2],
    ] as const)
      for (const root of roots) {
        const postings = known.get(root) ?? [];
        if (postings.at(-1)?.service !== service) postings.push({ service, field });
        known.set(root, postings);
      }
  const sorted = [...known].sort(([one], [other]) => byCode(one, other));
  return {
    ids: entries.map(({ id }) => id),
    roots: sorted.map(([root]) => root),
    postings: sorted.map(([, postings]) => postings),
  };
};

/** Bits for the distance between two services when `count` of `services` have a root. */
const widthOf = (services: number, count: number): number =>
  Math.max(0, Math.floor(Math.log2(Math.max(1, services / count))));

/** Fields by how many bits they take, those of most roots first. */
const fields = [3, 1, 2, 0];
const writeField = ({ write }: BitWriter, field: number): void => {
  for (let place = 0; place < 3 && fields[place] !== field; place += 1) write(1, 1);
  if (field !== fields[3]) write(0, 1);
};
const readField = ({ read }: BitReader): number => {
  let place = 0;
  while (place < 3 && read(1) === 1) place += 1;
  return fields[place] ?? 0;
};

const writePostings = (postings: SearchIndex['postings'], services: number): string => {
  const bits = bitWriter();
  for (const where of postings) {
    const width = widthOf(services, where.length);
    writeCount(bits, where.length);
    let next = 0;
    for (const { service, field } of where) {
      writeGap(bits, service - next, width);
      writeField(bits, field);
      next = service + 1;
    }
  }
  return bits.text();
};

const readPostings = (text: string, services: number, roots: number): Posting[][] => {
  const bits = bitReader(text);
  return Array.from({ length: roots }, () => {
    const count = readCount(bits);
    const width = widthOf(services, count);
    let next = 0;
    return Array.from({ length: count }, () => {
      const service = next + readGap(bits, width);
      next = service + 1;
      return { service, field: readField(bits) };
    });
  });
};

const capitalA = 65;

/** How many letters a root shares with the one before, as a capital letter, then the others. Roots have no capitals. */
const writeRoots = (roots: readonly string[]): string =>
  roots
    .map((root, place) => {
      const before = roots[place - 1] ?? '';
      let shared = 0;
      while (shared < 25 && shared < root.length && root[shared] === before[shared]) shared += 1;
      return String.fromCharCode(capitalA + shared) + root.slice(shared);
    })
    .join('');

const readRoots = (text: string): string[] => {
  let before = '';
  return (text.match(/[A-Z][^A-Z]*/g) ?? []).map(part => {
    before = before.slice(0, part.charCodeAt(0) - capitalA) + part.slice(1);
    return before;
  });
};

const numbered = /^(.*?)([1-9]\d{0,8})$/;

/** `tpr-5240 tpr-5242` as `tpr-5240 +2`. */
const writeIds = (ids: readonly string[]): string =>
  ids
    .map((id, place) => {
      const [, series, number] = numbered.exec(id) ?? [];
      const [, before, last] = numbered.exec(ids[place - 1] ?? '') ?? [];
      const step = Number(number) - Number(last);
      return series !== undefined && series === before && step > 0 ? `+${step}` : id;
    })
    .join(' ');

const readIds = (text: string): string[] => {
  let last = '';
  return text.split(' ').flatMap(part => {
    const [, series = '', number] = numbered.exec(last) ?? [];
    last = part.startsWith('+') ? `${series}${Number(number) + Number(part)}` : part;
    return last === '' ? [] : [last];
  });
};

export const packIndex = ({ ids, roots, postings }: SearchIndex): string =>
  JSON.stringify({
    ids: writeIds(ids),
    roots: writeRoots(roots),
    postings: writePostings(postings, ids.length),
  });

/** Throws a `SyntaxError` where the text is no index. */
export const unpackIndex = (text: string): SearchIndex => {
  const packed = JSON.parse(text) as Record<'ids' | 'roots' | 'postings', string>;
  const ids = readIds(packed.ids);
  const roots = readRoots(packed.roots);
  return { ids, roots, postings: readPostings(packed.postings, ids.length, roots.length) };
};
