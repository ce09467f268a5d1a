/**
 * Finds services by the words people use. Every word of a query is compared with every root of the index (some
 * thousands): the same, its beginning, a part of a compound either way, or nearly the same where nothing better is.
 */
import { countBits, isNear, kinship, lettersOf, likeness, partness, toleranceOf } from './closeness.ts';
import type { Posting, SearchIndex } from './search-index.ts';
import type { Analysis } from './words.ts';

export interface Found {
  readonly id: string;
  readonly score: number;
  /** Roots of the service that answer the query. */
  readonly roots: readonly string[];
  /** What was asked for is this service's name or what people call it; else it only comes near: a guess. */
  readonly isSure: boolean;
}

export interface Finder {
  /** Best match first; none where no word of the query says anything. */
  readonly find: (query: string) => Found[];
  /** Where nothing is found: ids of at most `count` services with words that look most like the query's. */
  readonly closest: (query: string, count: number) => string[];
}

/** A root that answers a word of the query, by its place in the index, and how well: 0 to 1. */
interface Answer {
  readonly place: number;
  readonly closeness: number;
  /** The word itself, a form of it, the beginning of it that was typed so far; not another compound with a part of it. */
  readonly isSure: boolean;
}

/** From here on one need not ask whether the word was misspelt. */
const certain = 0.6;
/** What a misspelt word is worth. */
const misspelt = 0.55;
/** Below it a root is part of the sum, but nothing a person would see as found. */
const visible = 0.4;
/** The share of the best score below which a service is no answer. */
const worthShowing = 0.3;
/** What a root counts by where it stands: in the name, as an everyday word, in the text, as a word of an everyday phrase. */
const weights = [1, 0.9, 0.35, 0.9];
/** What it proves there: *passi* of `lemmikin passi` is no passport. Two such words of a query prove as much as one alone. */
const proofs = [1, 1, 0, 0.5];
/** By how much a service that is surely meant goes before one that only comes near. */
const sureness = 1.1;
/** What more it counts in a name that says nothing else. */
const shortName = 0.3;

/** The word, what it begins, or a form of it that ends otherwise: `koir` is no answer to `koiranver`. */
const isSame = (asked: string, root: string): boolean => {
  if (root.length < asked.length) return asked.startsWith(root) && root.length > 0.7 * asked.length;
  if (root.startsWith(asked)) return root === asked || asked.length > 3;
  return asked.length > 4 && root.endsWith(asked);
};

const partsIn = (asked: string, roots: readonly string[], letters: readonly number[]): Answer[] => {
  const mine = lettersOf(asked);
  const answers: Answer[] = [];
  roots.forEach((root, place) => {
    const theirs = letters[place] ?? 0;
    const apart = (mine & ~theirs) !== 0 && (theirs & ~mine) !== 0;
    const closeness = Math.max(apart ? 0 : partness(asked, root), kinship(asked, root));
    if (closeness > 0) answers.push({ place, closeness, isSure: isSame(asked, root) });
  });
  return answers;
};

const misspellingsIn = (asked: string, roots: readonly string[], letters: readonly number[]): Answer[] => {
  const limit = toleranceOf(asked);
  if (limit === 0) return [];
  const mine = lettersOf(asked);
  return roots.flatMap((root, place) =>
    countBits(mine ^ (letters[place] ?? 0)) <= 2 * limit && isNear(asked, root, limit)
      ? [{ place, closeness: misspelt, isSure: asked.length > 10 || isNear(asked, root, 1) }]
      : [],
  );
};

interface Sum {
  score: number;
  /** Words of the query that the service answers. */
  words: number;
  /** How much of the query is proved to be meant: one word's worth is enough. */
  proof: number;
  /** Of the word that is being looked at. */
  wordProof: number;
  readonly roots: Set<string>;
}

type Scores = Map<number, number>;

/** Best scores of services for one word: of roots whatever they say of it, and of those that are its beginning or its end. */
interface WordScores {
  readonly whole: Scores;
  readonly beginning: Scores;
  readonly end: Scores;
}

const raise = (scores: Scores, service: number, score: number): void => {
  if (score > (scores.get(service) ?? 0)) scores.set(service, score);
};

/** Where the score of a root belongs: one half of a compound (`seniori|jumppa`) answers less than both do. */
const sidesOf = (asked: string, root: string, { whole, beginning, end }: WordScores): Scores[] => {
  if (root.length >= asked.length) return [whole];
  if (asked.startsWith(root)) return [whole, beginning];
  return asked.endsWith(root) ? [whole, end] : [whole];
};

const joinHalves = ({ whole, beginning, end }: WordScores): Scores => {
  for (const [service, score] of end) raise(whole, service, score + (beginning.get(service) ?? 0));
  return whole;
};

export const finder = (index: SearchIndex, analysis: Analysis): Finder => {
  const { ids, roots, postings } = index;
  const letters = roots.map(lettersOf);
  const rarity = postings.map(where => Math.log(1 + ids.length / where.length));

  const nameLengths = new Map<number, number>();
  for (const { service, field } of postings.flat())
    if (field === 0) nameLengths.set(service, (nameLengths.get(service) ?? 0) + 1);
  const weightOf = ({ service, field }: Posting): number =>
    (weights[field] ?? 0) + (field === 0 ? shortName / (nameLengths.get(service) ?? 1) : 0);

  const answersTo = (asked: string): Answer[] => {
    const parts = partsIn(asked, roots, letters);
    return parts.some(({ closeness }) => closeness > certain)
      ? parts
      : [...parts, ...misspellingsIn(asked, roots, letters)];
  };

  /** Scores of services for one word; notes which roots a person would see as found. */
  const scoresOf = (asked: string, sums: Map<number, Sum>): Scores => {
    const scores: WordScores = { whole: new Map(), beginning: new Map(), end: new Map() };
    const answers = answersTo(asked);
    const same = answers.find(({ closeness }) => closeness === 1);
    // A rare word that only begins alike is worth no more than the word itself.
    const rarest = same ? (rarity[same.place] ?? 0) : Number.POSITIVE_INFINITY;
    for (const { place, closeness, isSure } of answers) {
      const root = roots[place] ?? '';
      const sides = sidesOf(asked, root, scores);
      const worth = closeness * Math.min(rarity[place] ?? 0, rarest);
      for (const posting of postings[place] ?? []) {
        const { service } = posting;
        for (const side of sides) raise(side, service, worth * weightOf(posting));
        const sum = sums.get(service) ?? {
          score: 0,
          words: 0,
          proof: 0,
          wordProof: 0,
          roots: new Set<string>(),
        };
        if (closeness >= visible) sum.roots.add(root);
        if (isSure) sum.wordProof = Math.max(sum.wordProof, proofs[posting.field] ?? 0);
        sums.set(service, sum);
      }
    }
    return joinHalves(scores);
  };

  /** Adds to every service what it answers of one word. */
  const add = (asked: string, sums: Map<number, Sum>): void => {
    for (const [service, score] of scoresOf(asked, sums)) {
      const sum = sums.get(service);
      if (!sum) continue;
      sum.score += score;
      sum.words += 1;
      sum.proof += sum.wordProof;
      sum.wordProof = 0;
    }
  };

  const find = (query: string): Found[] => {
    const asked = new Set(analysis.roots(query));
    const sums = new Map<number, Sum>();
    for (const word of asked) add(word, sums);
    const found = [...sums].map(([service, { score, words, proof, roots: met }]) => ({
      id: ids[service] ?? '',
      // Who answers all words comes before who answers one of them well.
      score: ((proof >= 1 ? sureness : 1) * score * words) / asked.size,
      roots: [...met],
      isSure: proof >= 1,
    }));
    found.sort((one, other) => other.score - one.score);
    const least = (found[0]?.score ?? 0) * worthShowing;
    return found.filter(({ score }) => score >= least);
  };

  const closest = (query: string, count: number): string[] => {
    const scores = new Map<number, number>();
    for (const asked of analysis.roots(query))
      roots.forEach((root, place) => {
        const alike = likeness(asked, root);
        for (const { service } of alike < 0.3 ? [] : (postings[place] ?? []))
          scores.set(service, Math.max(scores.get(service) ?? 0, alike));
      });
    const best = [...scores].sort(([, one], [, other]) => other - one).slice(0, count);
    return best.map(([service]) => ids[service] ?? '');
  };

  return { find, closest };
};
