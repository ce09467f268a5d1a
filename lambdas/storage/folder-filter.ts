import type { CaseNumber } from '../domain/case.ts';
import type { CasePrefix } from '../domain/case-number.ts';
import { isNew, unreadLetters } from '../domain/folder.ts';
import type { Status } from '../domain/status.ts';
import type { FolderEntry } from './folder-packing.ts';
import type { SeenMark, Viewer } from './seen.ts';

/** Which cases of a folder are wanted; all where nothing is said. */
export interface FolderFilter {
  /** Head of the case numbers of one year. */
  readonly year?: { readonly prefix: CasePrefix; readonly year: number } | undefined;
  readonly services?: readonly string[] | undefined;
  readonly status?: Status | undefined;
  /** Only where something happened that this person has not seen. */
  readonly newTo?: Viewer | undefined;
  /** Of what is new, only where an official's message is unread. */
  readonly isUnread?: boolean | undefined;
  /** An organisation's folder: what is new in it is not the same for all its people. */
  readonly isShared?: boolean | undefined;
  /** What they have seen, in an organisation's folder: there no header says it. */
  readonly marks?: ReadonlyMap<CaseNumber, SeenMark> | undefined;
}

/** A year is part of the key; everything else is looked at case by case. */
export const numbersOf = ({ year }: FolderFilter): string => (year ? `${year.prefix}-${year.year}-` : '');

/** Whether more than a year is asked for. */
export const isChosen = ({ services, status, newTo }: FolderFilter): boolean =>
  services !== undefined || status !== undefined || newTo !== undefined;

/** Whether a case is wanted, as far as it is known: what is not known yet may be. */
export const mayPass = (
  filter: FolderFilter,
  { caseNumber, service, status }: Partial<FolderEntry> & Pick<FolderEntry, 'caseNumber'>,
): boolean =>
  caseNumber.startsWith(numbersOf(filter)) &&
  (filter.services === undefined || service === undefined || filter.services.includes(service)) &&
  (filter.status === undefined || status === undefined || status === filter.status);

export const isWantedNew = (
  { newTo, isUnread = false, marks }: FolderFilter,
  entry: FolderEntry,
): boolean => {
  if (!newTo) return true;
  const mark = marks?.get(entry.caseNumber);
  return isNew(entry, newTo.person, mark?.seenAt) && (!isUnread || unreadLetters(entry, mark?.letters) > 0);
};

export const passes = (filter: FolderFilter, entry: FolderEntry): boolean =>
  mayPass(filter, entry) && isWantedNew(filter, entry);

/** What is new in one's own folder, whatever it is. */
export const isOnlyNew = ({ services, status, newTo, isShared }: FolderFilter): boolean =>
  newTo !== undefined && isShared !== true && services === undefined && status === undefined;
