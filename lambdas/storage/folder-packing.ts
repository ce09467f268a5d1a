import * as z from 'zod/mini';
import type { EpochMs } from '../domain/case.ts';
import type { Translated } from '../domain/language.ts';
import { type Status, statuses } from '../domain/status.ts';
import {
  type FolderHeader,
  readNames,
  readNewest,
  readWaitsBy,
  sortNames,
  writeNewest,
  writeWaitsBy,
} from './header-rows.ts';

/** As much of a header as a list shows. */
export type FolderEntry = Pick<
  FolderHeader,
  | 'caseNumber'
  | 'service'
  | 'form'
  | 'names'
  | 'status'
  | 'submittedAt'
  | 'updatedAt'
  | 'contentUpdatedAt'
  | 'contentUpdatedBy'
  | 'othersUpdatedAt'
  | 'seenAt'
  | 'letters'
  | 'newest'
  | 'waitsFor'
>;

/** What thousands are searched and sorted by. */
export interface Listed {
  readonly caseNumber: string;
  readonly service: string;
  readonly names: Translated;
  readonly status: Status;
  readonly updatedAt: EpochMs;
  /** Where the rest of it is. */
  readonly place: number;
}

export interface UnpackedFolder {
  readonly listed: readonly Listed[];
  entry(one: Listed): FolderEntry;
}

/** Not looked through: tens of thousands of numbers that only this file writes. */
const column = z.custom<readonly number[]>(Array.isArray);
/** Of the few cases that have it, by their place. */
const rare = z.record(z.string(), z.number());

/** In a column, what is not there; places and lengths of time are never less than 0. */
const none = -1;

/**
 * Column by column, for alike stands beside alike: it packs best and is read fastest. Times are told by how long they
 * lie after or before another, what comes again and again by its place in a list.
 */
const packing = z.object({
  /** Service, form and names: there are few, and many cases of each. */
  kinds: z.array(z.tuple([z.string(), z.string(), z.string()])),
  /** Persons, days, types of events. */
  words: z.array(z.string()),
  /** With a space between them. */
  numbers: z.string(),
  kind: column,
  /** By name: what another version of the portal calls otherwise, or does not know, cannot be read. */
  statuses: z.array(z.enum(statuses)),
  status: column,
  /** After the case before. */
  submitted: column,
  /** After it was sent. */
  updated: column,
  /** Before it was updated; so are the next two. */
  seen: column,
  content: rare,
  others: rare,
  by: column,
  newest: column,
  letters: rare,
  waits: rare,
});
type Packing = z.infer<typeof packing>;

const placesOf = <Text extends string = string>() => {
  const places = new Map<Text, number>();
  const place = (text: Text): number => {
    const known = places.get(text) ?? places.size;
    places.set(text, known);
    return known;
  };
  return { place, all: () => [...places.keys()] };
};

const columnsOf = (entries: readonly FolderEntry[]): Packing => {
  const kinds = placesOf();
  const states = placesOf<Status>();
  const words = placesOf();
  const word = (text: string | undefined): number => (text === undefined ? none : words.place(text));
  const some = (value: (entry: FolderEntry) => number | undefined): Record<string, number> =>
    Object.fromEntries(
      entries.flatMap((entry, place) => [[place, value(entry) ?? 0]]).filter(([, of]) => of),
    );
  const columns = {
    numbers: entries.map(({ caseNumber }) => caseNumber).join(' '),
    kind: entries.map(({ service, form, names }) =>
      kinds.place(JSON.stringify([service, form, sortNames(names)])),
    ),
    status: entries.map(({ status }) => states.place(status)),
    submitted: entries.map(({ submittedAt }, place) => submittedAt - (entries[place - 1]?.submittedAt ?? 0)),
    updated: entries.map(({ submittedAt, updatedAt }) => updatedAt - submittedAt),
    seen: entries.map(({ updatedAt, seenAt }) => (seenAt === undefined ? none : updatedAt - seenAt)),
    content: some(({ updatedAt, contentUpdatedAt }) => updatedAt - contentUpdatedAt),
    others: some(({ updatedAt, othersUpdatedAt }) => othersUpdatedAt && 1 + updatedAt - othersUpdatedAt),
    by: entries.map(({ contentUpdatedBy }) => word(contentUpdatedBy)),
    newest: entries.map(({ newest }) => word(newest && writeNewest(newest))),
    letters: some(({ letters }) => letters),
    waits: some(({ waitsFor }) => waitsFor && 1 + words.place(writeWaitsBy(waitsFor))),
  };
  return {
    kinds: kinds.all().map(kind => JSON.parse(kind)),
    words: words.all(),
    statuses: states.all(),
    ...columns,
  };
};

export const packFolder = async (entries: readonly FolderEntry[]): Promise<Uint8Array> => {
  const { deflateRawSync } = await import('node:zlib');
  return deflateRawSync(JSON.stringify(columnsOf(entries)));
};

/** Only what is wanted is kept of thousands. */
const listOf = (
  { kinds, statuses, numbers, kind, status, submitted, updated }: Packing,
  isWanted: (one: Listed) => boolean,
): readonly Listed[] => {
  const known = kinds.map(([service, , names]) => ({ service, names: readNames(names) }));
  const nothing = { service: '', names: readNames('') };
  const listed: Listed[] = [];
  let submittedAt = 0;
  for (const [place, caseNumber] of (numbers === '' ? [] : numbers.split(' ')).entries()) {
    submittedAt += submitted[place] ?? 0;
    const { service, names } = known[kind[place] ?? none] ?? nothing;
    const state = statuses[status[place] ?? none];
    if (state === undefined) throw new Error('a case without a status');
    const updatedAt = submittedAt + (updated[place] ?? 0);
    const one = { caseNumber, service, names, status: state, updatedAt, place };
    if (isWanted(one)) listed.push(one);
  }
  return listed;
};

const entryOf = (packed: Packing, { place, ...one }: Listed): FolderEntry => {
  const { updatedAt } = one;
  const word = (words: readonly number[]) => packed.words[words[place] ?? none];
  const [by, newest] = [word(packed.by), word(packed.newest)];
  const waits = packed.words[(packed.waits[place] ?? 0) - 1];
  const others = packed.others[place];
  const letters = packed.letters[place];
  const seen = packed.seen[place] ?? none;
  return {
    ...one,
    form: packed.kinds[packed.kind[place] ?? none]?.[1] ?? one.service,
    submittedAt: updatedAt - (packed.updated[place] ?? 0),
    contentUpdatedAt: updatedAt - (packed.content[place] ?? 0),
    ...(by !== undefined && { contentUpdatedBy: by }),
    ...(others !== undefined && { othersUpdatedAt: updatedAt - others + 1 }),
    ...(seen !== none && { seenAt: updatedAt - seen }),
    ...(letters !== undefined && { letters }),
    ...(newest !== undefined && { newest: readNewest(newest) }),
    ...(waits !== undefined && { waitsFor: readWaitsBy(waits) }),
  };
};

export const unpackFolder = async (
  list: Uint8Array,
  isWanted: (one: Listed) => boolean = () => true,
): Promise<UnpackedFolder> => {
  const { inflateRawSync } = await import('node:zlib');
  const packed = packing.parse(JSON.parse(inflateRawSync(list).toString()));
  return { listed: listOf(packed, isWanted), entry: one => entryOf(packed, one) };
};
