/**
 * Guards against runaway regular expressions in definitions: a `pattern` whose matching time could explode on a hostile
 * answer is refused at publishing. Conservative: it rather refuses a harmless pattern than lets a harmful one by.
 */

/** One step of a pattern: what it can match (as a pattern of one character), or a group of alternatives. */
interface Atom {
  readonly single?: string;
  readonly group?: readonly Sequence[];
  readonly least: number;
  readonly most: number;
}
type Sequence = readonly Atom[];

/** From here on a repetition counts as endless. */
const endless = 12;
const longestPattern = 300;

class Unreadable extends Error {}

const escapes: Readonly<Record<string, number>> = { x: 2, u: 4 };

/** Reads the subset of patterns that forms need: no look-around, no back-references, no named groups. */
const read = (pattern: string): readonly Sequence[] => {
  let at = 0;
  const take = (): string => pattern[at++] ?? '';

  const escaped = (): string => {
    const letter = take();
    if (/[1-9k]/.test(letter)) throw new Unreadable('back-references are not supported');
    if (letter === 'u' && pattern[at] === '{') return closing(`\\u`, '}');
    if (letter === 'p' || letter === 'P') return closing(`\\${letter}`, '}');
    const digits = pattern.slice(at, at + (escapes[letter] ?? 0));
    at += digits.length;
    return `\\${letter}${digits}`;
  };
  const closing = (start: string, end: string): string => {
    const close = pattern.indexOf(end, at);
    const text = pattern.slice(at, close + 1);
    at = close + 1;
    return start + text;
  };
  const classMember = (): string => {
    const character = take();
    return character === '\\' ? escaped() : character;
  };
  const characterClass = (): string => {
    let text = '[';
    while (at < pattern.length && pattern[at] !== ']') text += classMember();
    return text + take();
  };
  const repetition = (): Pick<Atom, 'least' | 'most'> => {
    const braces = /^\{(\d+)(,(\d*))?\}/.exec(pattern.slice(at));
    if (braces) {
      at += braces[0].length;
      const least = Number(braces[1]);
      return { least, most: braces[2] === undefined ? least : braces[3] ? Number(braces[3]) : Infinity };
    }
    const bounds = { '*': [0, Infinity], '+': [1, Infinity], '?': [0, 1] }[pattern[at] ?? ''];
    if (bounds) at += 1;
    return { least: bounds?.[0] ?? 1, most: bounds?.[1] ?? 1 };
  };
  const atom = (): Omit<Atom, 'least' | 'most'> => {
    const character = take();
    if (character === '\\') return { single: escaped() };
    if (character === '[') return { single: characterClass() };
    if (character !== '(') return { single: character };
    if (pattern[at] === '?' && pattern.slice(at, at + 2) !== '?:')
      throw new Unreadable('look-around and named groups are not supported');
    if (pattern[at] === '?') at += 2;
    const group = alternatives();
    at += 1;
    return { group };
  };
  const sequence = (): Sequence => {
    const atoms: Atom[] = [];
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') {
      if (pattern[at] === '^' || pattern[at] === '$') {
        at += 1;
        continue;
      }
      atoms.push({ ...atom(), ...repetition() });
      if (pattern[at] === '?') at += 1;
    }
    return atoms;
  };
  const alternatives = (): Sequence[] => {
    const all = [sequence()];
    while (pattern[at] === '|') {
      at += 1;
      all.push(sequence());
    }
    return all;
  };
  return alternatives();
};

/** Characters by which two steps are compared: all of ASCII, and some that it lacks. */
const sample = [
  ...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)),
  ...'åäöÅÄÖéüŠ–€ \u00a0',
];

const characters = (atom: Atom): ReadonlySet<string> => {
  if (atom.group)
    return new Set(atom.group.flatMap(sequence => sequence.flatMap(inner => [...characters(inner)])));
  const one = new RegExp(`^(?:${atom.single})$`, 'u');
  return new Set(sample.filter(character => one.test(character)));
};

const overlap = (one: Atom, other: Atom): boolean => {
  const theirs = characters(other);
  return [...characters(one)].some(character => theirs.has(character));
};

const isEndless = (atom: Atom): boolean => atom.most > endless && atom.most !== atom.least;
const hasEndless = (atom: Atom): boolean =>
  isEndless(atom) || (atom.group?.some(sequence => sequence.some(hasEndless)) ?? false);
const varies = (atom: Atom): boolean =>
  atom.least !== atom.most || (atom.group?.some(sequence => sequence.some(varies)) ?? false);

/** A round that begins with a character found nowhere else in it can be cut in one way only. */
const isDelimited = (sequence: Sequence): boolean => {
  const [first, ...rest] = sequence;
  return (
    first !== undefined && first.least === 1 && first.most === 1 && !rest.some(atom => overlap(first, atom))
  );
};

const repeatProblem = (atom: Atom): string | undefined => {
  if (!atom.group || atom.most < 2) return undefined;
  const inner = atom.group.flat();
  if (inner.some(hasEndless) && !atom.group.every(isDelimited))
    return 'an endless repetition inside a repetition';
  if (!isEndless(atom)) return undefined;
  if (inner.some(varies) && !atom.group.every(isDelimited))
    return 'a repetition of varying length inside an endless one';
  const starts = atom.group.map(sequence => sequence[0]);
  const clash = starts.some((one, index) =>
    starts.slice(index + 1).some(other => one && other && overlap(one, other)),
  );
  return clash ? 'alternatives that begin alike inside an endless repetition' : undefined;
};

type Way = 'free' | 'separated' | 'blocked';

/** How an endless step's characters lead into a later sequence's endless steps: straight, past a character, or not at all. */
const wayInto = (one: Atom, sequence: Sequence): Way => {
  let way: Way = 'free';
  for (const atom of sequence) {
    if (hasEndless(atom) && overlap(one, atom)) {
      const inner = widest(atom.group?.map(part => wayThrough(one, part, isEndless(atom))) ?? ['free']);
      if (inner !== 'blocked') return way === 'free' ? inner : way;
    }
    if (atom.least > 0 && !overlap(one, atom)) return 'blocked';
    if (atom.least > 0) way = 'separated';
  }
  return 'blocked';
};
/** A group repeated without end is an endless step itself, entered by its first character. */
const wayThrough = (one: Atom, part: Sequence, isRepeated: boolean): Way => {
  const [first] = part;
  if (!isRepeated) return wayInto(one, part);
  return first && first.least > 0 && !overlap(one, first) ? 'blocked' : 'free';
};
const widest = (ways: readonly Way[]): Way =>
  ways.includes('free') ? 'free' : ways.includes('separated') ? 'separated' : 'blocked';

const overlapping = 'endless repetitions that can match the same text';

const openWays = (sequence: Sequence): Way[] =>
  sequence
    .flatMap((one, index) => (hasEndless(one) ? [wayInto(one, sequence.slice(index + 1))] : []))
    .filter(way => way !== 'blocked');

/**
 * Two endless steps beside each other that can eat the same characters make matching quadratic, three cubic. One such pair
 * with a character between is bearable: answers that a pattern judges are short (`longestJudged`).
 */
const neighbourProblem = (sequence: Sequence): string | undefined => {
  const open = openWays(sequence);
  return open.includes('free') || open.length > 1 ? overlapping : undefined;
};

const sequenceProblem = (sequence: Sequence): string | undefined =>
  neighbourProblem(sequence) ??
  sequence
    .map(atom => repeatProblem(atom) ?? atom.group?.map(sequenceProblem).find(found => found !== undefined))
    .find(found => found !== undefined);

/** Why a pattern could be slow on an answer of any length; in conditions, which judge before lengths are known. */
export const slowPatternProblem = (pattern: string): string | undefined => {
  const problem = patternProblem(pattern);
  if (problem !== undefined) return problem;
  const sequences = read(pattern);
  if (!sequences.flat().some(hasEndless)) return undefined;
  if (!pattern.startsWith('^') || sequences.length > 1)
    return 'an endless repetition that does not start with ^';
  return sequences.some(sequence => openWays(sequence).length > 0) ? overlapping : undefined;
};

/** Why a pattern may not be published, or undefined when it may. */
export const patternProblem = (pattern: string): string | undefined => {
  if (pattern.length > longestPattern) return `longer than ${longestPattern} characters`;
  try {
    new RegExp(pattern, 'u');
    return read(pattern)
      .map(sequenceProblem)
      .find(found => found !== undefined);
  } catch (error) {
    return error instanceof Unreadable ? error.message : 'not a regular expression';
  }
};
