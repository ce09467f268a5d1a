import type { CaseEvent, CaseHeader, CaseNumber, EpochMs, PersonId } from './case.ts';
import { type CasePrefix, parseCaseNumber } from './case-number.ts';
import type { Language } from './language.ts';
import type { Status } from './status.ts';

/** Cases on one page of the folder (R7.3). */
export const pageSize = 25;

/** As much of a case as tells whether it is new to somebody. */
type Times = Pick<CaseHeader, 'contentUpdatedAt' | 'contentUpdatedBy' | 'othersUpdatedAt' | 'seenAt'>;

/** When something last happened that this person did not do; one's own acts are never new to oneself. */
const newestFor = (header: Times, person: PersonId): EpochMs | undefined =>
  header.contentUpdatedBy === person ? header.othersUpdatedAt : header.contentUpdatedAt;

/** Whether the case carries *Uusi* (R7.4) for a person who saw it last at `seenAt`. */
export const isNew = (header: Times, person: PersonId, seenAt = header.seenAt): boolean =>
  (newestFor(header, person) ?? 0) > (seenAt ?? 0);

/** Officials' messages that somebody has not opened, of which they have `seen` so many. */
export const unreadLetters = ({ letters = 0 }: Pick<CaseHeader, 'letters'>, seen = 0): number =>
  Math.max(0, letters - seen);

/** Times within a case grow strictly, whatever the machines' clocks say: what was seen is told by time. */
export const eventTime = (header: CaseHeader, now: EpochMs): EpochMs => Math.max(now, header.updatedAt + 1);

export interface Change {
  readonly at: EpochMs;
  /** A citizen's own act; a department's has none. */
  readonly by?: PersonId;
  readonly status?: Status;
  /** An official's message. */
  readonly isLetter?: boolean;
}

/** The header after one more event that the folder's people should see. */
export const withEvent = (header: CaseHeader, change: Change): CaseHeader => {
  const { at, by, status = header.status, isLetter = false } = change;
  const { contentUpdatedBy, othersUpdatedAt, ...rest } = header;
  const others = by === contentUpdatedBy ? othersUpdatedAt : header.contentUpdatedAt;
  return {
    ...rest,
    status,
    updatedAt: at,
    contentUpdatedAt: at,
    revision: header.revision + 1,
    ...(by !== undefined && { contentUpdatedBy: by }),
    ...(others !== undefined && { othersUpdatedAt: others }),
    ...(isLetter && { letters: (header.letters ?? 0) + 1 }),
  };
};

/** An official starts a conversation, by a message or by asking for something; the customer cannot (R8.1). */
const startsConversation = ({ type, actor }: Pick<CaseEvent, 'type' | 'actor'>): boolean =>
  actor.kind === 'department' && (type === 'message' || type === 'request');

/** Closed with the case, or by the department until it writes again. */
export const conversation = (
  status: Status,
  events: readonly Pick<CaseEvent, 'type' | 'actor'>[],
): 'open' | 'not-started' | 'closed' => {
  const last = events.findLast(event => startsConversation(event) || event.type === 'conversation-closed');
  if (last === undefined) return status === 'closed' ? 'closed' : 'not-started';
  return status === 'closed' || last.type === 'conversation-closed' ? 'closed' : 'open';
};

/** Answers to one case within an hour: more is no conversation any more. */
export const replyLimit = 20;
const replyWindowMs = 60 * 60_000;

/** Whether somebody has answered so often that they must wait. */
export const isFlooding = (
  events: readonly Pick<CaseEvent, 'type' | 'actor' | 'at'>[],
  now: EpochMs,
): boolean =>
  events.filter(
    ({ type, actor, at }) => type === 'message' && actor.kind === 'citizen' && at > now - replyWindowMs,
  ).length >= replyLimit;

/** The case was opened at `at`, and what had happened up to `to` was shown. */
export interface Opening {
  readonly to: EpochMs;
  readonly at: EpochMs;
}

const isLetterLike = ({ type, actor }: Pick<CaseEvent, 'type' | 'actor'>): boolean =>
  actor.kind === 'department' && (type === 'message' || type === 'request' || type === 'decision');

/** When what an official wrote was first opened; undefined for what needs no receipt, and until somebody has. */
export const readAt = (
  event: Pick<CaseEvent, 'type' | 'actor' | 'at'>,
  openings: readonly Opening[],
): EpochMs | undefined => {
  const times = isLetterLike(event) ? openings.filter(({ to }) => to >= event.at).map(({ at }) => at) : [];
  return times.length === 0 ? undefined : Math.min(...times);
};

export type SortOrder = 'asc' | 'desc';

export interface Named {
  readonly caseNumber: CaseNumber;
  readonly name: string;
}

/** The place of each name among all, as the language sorts them; names that differ in nothing it minds share one. */
const rankNames = (names: Iterable<string>, language: Language): ReadonlyMap<string, number> => {
  const { compare } = new Intl.Collator(language, { sensitivity: 'accent', numeric: true });
  const sorted = [...new Set(names)].sort(compare);
  let rank = 0;
  return new Map(
    sorted.map((name, place) => {
      if (place > 0 && compare(sorted[place - 1] ?? '', name) !== 0) rank = place;
      return [name, rank];
    }),
  );
};

const newestFirst = (one: Pick<Named, 'caseNumber'>, other: Pick<Named, 'caseNumber'>): number =>
  one.caseNumber < other.caseNumber ? 1 : -1;

/**
 * By the service's name as the language sorts it; cases of one service by number, newest first. There are thousands of
 * cases and few names: only these are compared letter by letter.
 */
export const sortByName = <Item extends Named>(
  items: readonly Item[],
  language: Language,
  order: SortOrder,
): Item[] => {
  const ranks = rankNames(
    items.map(({ name }) => name),
    language,
  );
  const ofRank: Item[][] = [];
  for (const item of items.toSorted(newestFirst)) {
    const rank = ranks.get(item.name) ?? 0;
    const same = ofRank[rank];
    if (same) same.push(item);
    else ofRank[rank] = [item];
  }
  return (order === 'asc' ? ofRank : ofRank.toReversed()).flatMap(same => same ?? []);
};

/** Names a place in a folder, and nothing else: whose folder it is, only the session says. */
export const writeCursor = (caseNumber: CaseNumber): string => btoa(caseNumber).replaceAll('=', '');

/** The case a cursor names; undefined for what is no cursor of ours. */
export const readCursor = (prefix: CasePrefix, cursor: string): CaseNumber | undefined => {
  const isBase64 = /^[A-Za-z0-9+]{1,60}$/.test(cursor) && cursor.length % 4 !== 1;
  const text = isBase64 ? atob(cursor) : '';
  return parseCaseNumber(prefix, text) === text ? text : undefined;
};
