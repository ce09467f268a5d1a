/** What the list was asked for: in the URL, so that it can be shared and the back button works (R2.2). */
export interface Query {
  readonly q: string;
  readonly topics: readonly string[];
  readonly groups: readonly string[];
  /** Only those that can be taken care of on the web. */
  readonly electronic: boolean;
}

/** What the list's HTML says of one service. */
export interface Entry {
  readonly name: string;
  /** Everyday words and the first line. */
  readonly text: string;
  readonly topics: readonly string[];
  readonly groups: readonly string[];
  readonly electronic: boolean;
}

const list = (parameters: URLSearchParams, name: string): string[] =>
  parameters
    .getAll(name)
    .flatMap(value => value.split(','))
    .filter(value => value !== '');

/** Reads `?q=&topic=&group=&channel=`; what it does not know does not narrow anything. */
export const readQuery = (search: string): Query => {
  const parameters = new URLSearchParams(search);
  return {
    q: (parameters.get('q') ?? '').trim().slice(0, 200),
    topics: list(parameters, 'topic'),
    groups: list(parameters, 'group'),
    electronic: list(parameters, 'channel').includes('electronic'),
  };
};

/** The other way round; empty when nothing is asked. */
export const writeQuery = ({ q, topics, groups, electronic }: Query): string => {
  const parameters = new URLSearchParams();
  if (q !== '') parameters.set('q', q);
  for (const topic of topics) parameters.append('topic', topic);
  for (const group of groups) parameters.append('group', group);
  if (electronic) parameters.set('channel', 'electronic');
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
};

const passes = (entry: Entry, { topics, groups, electronic }: Query): boolean =>
  (topics.length === 0 || topics.some(topic => entry.topics.includes(topic))) &&
  (groups.length === 0 || groups.some(group => entry.groups.includes(group))) &&
  (!electronic || entry.electronic);

export const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** How well a word of the query fits: the beginning of the name best, the text least; 0 is not at all. */
const fit = (word: string, name: string, nameWords: readonly string[], text: string): number => {
  if (name.startsWith(word)) return 8;
  if (nameWords.some(own => own.startsWith(word))) return 6;
  if (name.includes(word)) return 4;
  return text.includes(word) ? 1 : 0;
};

/** 0 when a word of the query is nowhere. */
const scoreOf = (entry: Entry, words: readonly string[]): number => {
  const name = entry.name.toLowerCase();
  const fits = words.map(word => fit(word, name, wordsOf(name), entry.text.toLowerCase()));
  if (fits.includes(0)) return 0;
  return fits.reduce((sum, value) => sum + value, 1 / (1 + name.length));
};

/** The entries that are asked for, the best match first; in their own order where no word was given. */
export const find = <E extends Entry>(entries: readonly E[], query: Query): E[] => {
  const narrowed = entries.filter(entry => passes(entry, query));
  const words = wordsOf(query.q);
  if (words.length === 0) return narrowed;
  return narrowed
    .map(entry => ({ entry, score: scoreOf(entry, words) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .map(({ entry }) => entry);
};
