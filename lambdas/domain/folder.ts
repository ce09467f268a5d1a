import type { CaseEvent, CaseHeader, CaseNumber, EpochMs, PersonId } from './case.ts';
import { type CasePrefix, parseCaseNumber } from './case-number.ts';
import type { Language } from './language.ts';
import type { Status } from './status.ts';

/** Cases on one page of the folder (R7.3). */
export const pageSize = 25;

/** When something last happened that this person did not do; one's own acts are never new to oneself. */
const newestFor = (header: CaseHeader, person: PersonId): EpochMs | undefined =>
  header.contentUpdatedBy === person ? header.othersUpdatedAt : header.contentUpdatedAt;

/** Whether the case carries *Uusi* (R7.4) for a person who saw it last at `seenAt`. */
export const isNew = (header: CaseHeader, person: PersonId, seenAt = header.seenAt): boolean =>
  (newestFor(header, person) ?? 0) > (seenAt ?? 0);

/** Times within a case grow strictly, whatever the machines' clocks say: what was seen is told by time. */
export const eventTime = (header: CaseHeader, now: EpochMs): EpochMs => Math.max(now, header.updatedAt + 1);

export interface Change {
  readonly at: EpochMs;
  /** A citizen's own act; a department's has none. */
  readonly by?: PersonId;
  readonly status?: Status;
}

/** The header after one more event that the folder's people should see. */
export const withEvent = (header: CaseHeader, { at, by, status = header.status }: Change): CaseHeader => {
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
  };
};

/** An official starts a conversation, by a message or by asking for something; the customer cannot (R8.1). */
const startsConversation = ({ type, actor }: Pick<CaseEvent, 'type' | 'actor'>): boolean =>
  actor.kind === 'department' && (type === 'message' || type === 'request');

export const conversation = (
  status: Status,
  events: readonly Pick<CaseEvent, 'type' | 'actor'>[],
): 'open' | 'not-started' | 'closed' => {
  if (status === 'closed') return 'closed';
  return events.some(startsConversation) ? 'open' : 'not-started';
};

export type SortOrder = 'asc' | 'desc';

export interface Named {
  readonly caseNumber: CaseNumber;
  readonly name: string;
}

/** By the service's name as the language sorts it; cases of one service by number, newest first. */
export const sortByName = <Item extends Named>(
  items: readonly Item[],
  language: Language,
  order: SortOrder,
): Item[] => {
  const collator = new Intl.Collator(language, { sensitivity: 'accent', numeric: true });
  const direction = order === 'asc' ? 1 : -1;
  return items.toSorted(
    (a, b) => direction * collator.compare(a.name, b.name) || (a.caseNumber < b.caseNumber ? 1 : -1),
  );
};

/** The items after the one a cursor names; all of them when it names none. */
export const pageAfter = <Item extends Pick<Named, 'caseNumber'>>(
  items: readonly Item[],
  cursor: CaseNumber | undefined,
): { readonly items: readonly Item[]; readonly next?: CaseNumber } => {
  const start = cursor === undefined ? 0 : items.findIndex(item => item.caseNumber === cursor) + 1;
  const page = items.slice(start, start + pageSize);
  const last = page.at(-1);
  return start + pageSize < items.length && last ? { items: page, next: last.caseNumber } : { items: page };
};

/** Names a place in a folder, and nothing else: whose folder it is, only the session says. */
export const writeCursor = (caseNumber: CaseNumber): string => btoa(caseNumber).replaceAll('=', '');

/** The case a cursor names; undefined for what is no cursor of ours. */
export const readCursor = (prefix: CasePrefix, cursor: string): CaseNumber | undefined => {
  const isBase64 = /^[A-Za-z0-9+]{1,60}$/.test(cursor) && cursor.length % 4 !== 1;
  const text = isBase64 ? atob(cursor) : '';
  return parseCaseNumber(prefix, text) === text ? text : undefined;
};
