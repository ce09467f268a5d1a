/** What the list was asked for: in the URL, so that it can be shared and the back button works (R2.2). */
export interface Query {
  readonly q: string;
  readonly topics: readonly string[];
  readonly groups: readonly string[];
  readonly events: readonly string[];
  /** Only those that can be taken care of on the web. */
  readonly electronic: boolean;
}

/** What the list's HTML says of one service. */
export interface Entry {
  readonly name: string;
  /** The first line. */
  readonly text: string;
  readonly topics: readonly string[];
  readonly groups: readonly string[];
  /** Life events. */
  readonly events: readonly string[];
  readonly electronic: boolean;
}

const list = (parameters: URLSearchParams, name: string): string[] =>
  parameters
    .getAll(name)
    .flatMap(value => value.split(','))
    .filter(value => value !== '');

/** Reads `?q=&topic=&group=&event=&channel=`; what it does not know does not narrow anything. */
export const readQuery = (search: string): Query => {
  const parameters = new URLSearchParams(search);
  return {
    q: (parameters.get('q') ?? '').trim().slice(0, 200),
    topics: list(parameters, 'topic'),
    groups: list(parameters, 'group'),
    events: list(parameters, 'event'),
    electronic: list(parameters, 'channel').includes('electronic'),
  };
};

/** The other way round; empty when nothing is asked. */
export const writeQuery = ({ q, topics, groups, events, electronic }: Query): string => {
  const parameters = new URLSearchParams();
  if (q !== '') parameters.set('q', q);
  for (const topic of topics) parameters.append('topic', topic);
  for (const group of groups) parameters.append('group', group);
  for (const event of events) parameters.append('event', event);
  if (electronic) parameters.set('channel', 'electronic');
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
};

const oneOf = (chosen: readonly string[], codes: readonly string[]): boolean =>
  chosen.length === 0 || chosen.some(code => codes.includes(code));

type Filters = Omit<Query, 'q'>;

const passes = (entry: Entry, { topics, groups, events, electronic }: Filters): boolean =>
  oneOf(topics, entry.topics) &&
  oneOf(groups, entry.groups) &&
  oneOf(events, entry.events) &&
  (!electronic || entry.electronic);

/** Those the filters let through, in the order they came. */
export const narrow = <E extends Entry>(entries: readonly E[], filters: Filters): E[] =>
  entries.filter(entry => passes(entry, filters));

const countCodes = (codes: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
};

export interface Counts {
  readonly topics: ReadonlyMap<string, number>;
  readonly groups: ReadonlyMap<string, number>;
  readonly events: ReadonlyMap<string, number>;
  readonly electronic: number;
}

/** What each choice would find, the others being as they are: choices of one kind widen, so its own do not count. */
export const countChoices = (entries: readonly Entry[], filters: Filters): Counts => ({
  topics: countCodes(narrow(entries, { ...filters, topics: [] }).flatMap(({ topics }) => topics)),
  groups: countCodes(narrow(entries, { ...filters, groups: [] }).flatMap(({ groups }) => groups)),
  events: countCodes(narrow(entries, { ...filters, events: [] }).flatMap(({ events }) => events)),
  electronic: narrow(entries, { ...filters, electronic: true }).length,
});

/** Where the index cannot be fetched: the entries that hold every word of the query as it is, names first. */
export const findPlainly = <E extends Entry>(entries: readonly E[], q: string): E[] => {
  const words = q.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const holds = (text: string): boolean => words.every(word => text.toLowerCase().includes(word));
  const found = entries.filter(({ name, text }) => holds(`${name} ${text}`));
  return words.length === 0
    ? []
    : [...found.filter(({ name }) => holds(name)), ...found.filter(({ name }) => !holds(name))];
};
