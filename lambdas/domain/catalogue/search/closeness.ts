/** Whether two words differ by at most `limit` letters put in, left out, changed or swapped with the next. */
export const isNear = (one: string, other: string, limit: number): boolean => {
  if (Math.abs(one.length - other.length) > limit) return false;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const changed = one[row - 1] === other[column - 1] ? 0 : 1;
      const swapped =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      next.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (next[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + changed,
          swapped ? (before[column - 2] ?? 0) + 1 : limit + 1,
        ),
      );
    }
    if (Math.min(...next) > limit) return false;
    before = last;
    last = next;
  }
  return (last[other.length] ?? 0) <= limit;
};

/** The letters of a word as bits: tells of most pairs of words at once that they have nothing in common. */
export const lettersOf = (word: string): number => {
  let bits = 0;
  for (let place = 0; place < word.length; place += 1) bits |= 1 << (word.charCodeAt(place) & 31);
  return bits;
};

export const countBits = (bits: number): number => {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
};

/** One is a part of the other: its beginning, its end, or between. 0 to 1; 1 is the same word. */
export const partness = (asked: string, root: string): number => {
  if (root === asked) return 1;
  // A longer root is one still being typed, or a compound; a shorter one only a part of what was asked.
  const typed = asked.length < root.length;
  const short = typed ? asked : root;
  const long = typed ? root : asked;
  const share = short.length / long.length;
  if (short.length < 3) return typed && long.startsWith(short) ? 0.4 * share : 0;
  const place = long.indexOf(short);
  if (place === 0) return typed ? 0.55 + 0.4 * share : short.length > 3 ? 0.3 + 0.6 * share : 0;
  if (place < 0 || short.length < 4) return 0;
  const atEnd = place + short.length === long.length;
  // Four letters in the middle of a word are there by chance.
  if (!atEnd && short.length < 5) return 0;
  return (typed ? 0.45 : 0.2) + (atEnd ? 0.3 : 0.1) * share;
};

const commonStart = (one: string, other: string): number => {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
};

/** They begin alike: other forms of a word, other compounds of it (`hevoslääkäri`, `hevossairaala`). 0 to 0.7. */
export const kinship = (asked: string, root: string): number => {
  const common = commonStart(asked, root);
  return common < 5 ? 0 : 0.1 + (0.6 * common) / Math.max(asked.length, root.length);
};

/** Letters that may be wrong in a word of a length. */
export const toleranceOf = ({ length }: string): number => (length < 4 ? 0 : length < 7 ? 1 : 2);

const pairsOf = (word: string): Set<string> =>
  new Set(Array.from({ length: word.length - 1 }, (_, place) => word.slice(place, place + 2)));

/** How many pairs of letters two words share (Dice's coefficient), 0 to 1. */
export const likeness = (one: string, other: string): number => {
  const [mine, theirs] = [pairsOf(one), pairsOf(other)];
  return (2 * [...mine].filter(pair => theirs.has(pair)).length) / Math.max(1, mine.size + theirs.size);
};
