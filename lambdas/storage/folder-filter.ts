import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { CaseNumber, OwnerId } from '../domain/case.ts';
import type { CasePrefix } from '../domain/case-number.ts';
import { isNew } from '../domain/folder.ts';
import type { Status } from '../domain/status.ts';
import { type FolderHeader, headerSort, ownerKey } from './case-rows.ts';
import type { SeenMark, Viewer } from './seen.ts';

/** Which cases of a folder are wanted; all where nothing is said. */
export interface FolderFilter {
  /** Head of the case numbers of one year. */
  readonly year?: { readonly prefix: CasePrefix; readonly year: number } | undefined;
  readonly services?: readonly string[] | undefined;
  readonly status?: Status | undefined;
  /** Only where something happened that this person has not seen. */
  readonly newTo?: Viewer | undefined;
  /** What they have seen, in an organisation's folder: there no header says it. */
  readonly marks?: ReadonlyMap<CaseNumber, Pick<SeenMark, 'seenAt'>> | undefined;
}

type Reading = Pick<
  QueryCommandInput,
  'KeyConditionExpression' | 'FilterExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/** The same as `isNew` says of one's own folder. */
const newToOwn =
  '((contentBy = :me AND othersAt > seenAt) OR (contentBy = :me AND attribute_exists(othersAt) AND attribute_not_exists(seenAt)) OR (NOT contentBy = :me AND (attribute_not_exists(seenAt) OR contentAt > seenAt)))';
/** When an organisation's people saw a case is not in its header. */
const newToMember = '(NOT contentBy = :me OR attribute_exists(othersAt))';

const numbersOf = ({ year }: FolderFilter): string => (year ? `${year.prefix}-${year.year}-` : '');

/** As a Query asks for them. A year is part of the key; everything else is looked at row by row. */
export const readingOf = (owner: OwnerId, filter: FolderFilter = {}): Reading => {
  const { services, status, newTo } = filter;
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {
    ':owner': ownerKey(owner),
    ':cases': headerSort(numbersOf(filter)),
  };
  const conditions: string[] = [];
  if (services) {
    for (const [index, service] of services.entries()) values[`:s${index}`] = service;
    conditions.push(`service IN (${services.map((_, index) => `:s${index}`).join(', ')})`);
  }
  if (status) {
    names['#status'] = 'status';
    values[':status'] = status;
    conditions.push('#status = :status');
  }
  if (newTo) {
    values[':me'] = newTo.person;
    conditions.push(newTo.person === owner ? newToOwn : newToMember);
  }
  return {
    KeyConditionExpression: 'pk = :owner AND begins_with(sk, :cases)',
    ExpressionAttributeValues: values,
    ...(conditions.length > 0 && { FilterExpression: conditions.join(' AND ') }),
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
  };
};

/** What a filter asks, of whatever says it. */
export interface Judged {
  readonly caseNumber: CaseNumber;
  readonly service: string;
  readonly status: Status;
}

/** The same for what is here already. `isNew` is asked only where the filter asks. */
export const passes = <Item extends Judged>(
  filter: FolderFilter,
  item: Item,
  isNewCase: (item: Item) => boolean,
): boolean =>
  item.caseNumber.startsWith(numbersOf(filter)) &&
  (filter.services === undefined || filter.services.includes(item.service)) &&
  (filter.status === undefined || item.status === filter.status) &&
  (filter.newTo === undefined || isNewCase(item));

export const headerPasses = (filter: FolderFilter, header: FolderHeader): boolean =>
  passes(filter, header, one =>
    isNew(one, filter.newTo?.person ?? '', filter.marks?.get(one.caseNumber)?.seenAt),
  );

/** An organisation's people each see for themselves: the folder's card cannot tell what is new to one of them. */
export const isNewToMember = (owner: OwnerId, { newTo }: FolderFilter): boolean =>
  newTo !== undefined && newTo.person !== owner;
