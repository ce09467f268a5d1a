import {
  BatchGetCommand,
  type BatchGetCommandOutput,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { CaseNumber, OwnerId } from '../domain/case.ts';
import type { CasePrefix } from '../domain/case-number.ts';
import { pageSize, type SortOrder } from '../domain/folder.ts';
import type { Translated } from '../domain/language.ts';
import { refuse } from '../domain/refusal.ts';
import type { Status } from '../domain/status.ts';
import { type FolderHeader, headerKey, headerSort, ownerKey, readHeader, readNames } from './case-rows.ts';
import { queryAll, type Row, type Table } from './query.ts';
import type { Viewer } from './seen.ts';

export interface FolderPage {
  readonly headers: readonly FolderHeader[];
  /** The last case of the page, when more follow. */
  readonly next?: CaseNumber;
}

/** Which cases of a folder are wanted; all where nothing is said. */
export interface FolderFilter {
  /** Head of the case numbers of one year. */
  readonly year?: { readonly prefix: CasePrefix; readonly year: number } | undefined;
  readonly services?: readonly string[] | undefined;
  readonly status?: Status | undefined;
  /** Only where something happened that this person has not seen; in an organisation's folder it may have been seen. */
  readonly newTo?: Viewer | undefined;
}

/** What a case is sorted by. */
export interface NamedCase {
  readonly caseNumber: CaseNumber;
  readonly names: Translated;
}

/**
 * Headers, read by whose folder they are in: what a case contains is out of reach here. Whole pages are read
 * consistently, for a case must be there as soon as it was sent; what is chosen from many is read at half the price.
 */
export interface Folder {
  /** One page in the order the cases were sent; `after` is the last case of the page before. */
  page(owner: OwnerId, order: SortOrder, after?: CaseNumber, filter?: FolderFilter): Promise<FolderPage>;
  /** The cases in which something happened last, that first: whatever the folder's size, it costs the same. */
  newest(owner: OwnerId, count: number): Promise<readonly FolderHeader[]>;
  /** The cases in which something is asked of the folder's people, what is needed soonest first. */
  waiting(owner: OwnerId): Promise<readonly FolderHeader[]>;
  /** The whole folder, for orders that the table does not keep. */
  named(owner: OwnerId, filter?: FolderFilter): Promise<readonly NamedCase[]>;
  /** In the order they were asked for; without those that are not there. */
  headers(owner: OwnerId, caseNumbers: readonly CaseNumber[]): Promise<readonly FolderHeader[]>;
  header(owner: OwnerId, caseNumber: CaseNumber): Promise<FolderHeader | undefined>;
}

type Reading = Pick<
  QueryCommandInput,
  'KeyConditionExpression' | 'FilterExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/** How many rows a chosen page looks through at a time: most find theirs at once, rare ones among thousands soon. */
const strides = [100, 400, 1_600, 6_400] as const;
/** Keys DynamoDB takes at once. */
const batchSize = 100;
const batchRounds = 5;

const newToOwn =
  '((contentBy = :me AND othersAt > seenAt) OR (contentBy = :me AND attribute_exists(othersAt) AND attribute_not_exists(seenAt)) OR (NOT contentBy = :me AND (attribute_not_exists(seenAt) OR contentAt > seenAt)))';
/** When an organisation's people saw a case is not in its header. */
const newToMember = '(NOT contentBy = :me OR attribute_exists(othersAt))';

const readingOf = (owner: OwnerId, { year, services, status, newTo }: FolderFilter = {}): Reading => {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {
    ':owner': ownerKey(owner),
    ':cases': headerSort(year ? `${year.prefix}-${year.year}-` : ''),
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

type BatchGetKeys = readonly Record<string, unknown>[];

const numberOf = ({ sk }: Row): CaseNumber => String(sk).slice(headerSort('').length);

/** By when something last happened, the newest first. */
const byUpdate = (one: FolderHeader, other: FolderHeader): number =>
  other.updatedAt - one.updatedAt || (one.caseNumber < other.caseNumber ? 1 : -1);

export const folder = ({ client, table }: Table): Folder => {
  const page: Folder['page'] = async (owner, order, after, filter) => {
    const reading = readingOf(owner, filter);
    const isChosen = reading.FilterExpression !== undefined;
    let start = after === undefined ? undefined : headerKey(owner, after);
    const found: FolderHeader[] = [];
    for (let round = 0; round === 0 || (start && found.length < pageSize); round++) {
      // One more than a page would tell whether more follow, and cost as much; DynamoDB says it by itself.
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          ...reading,
          ...(start && { ExclusiveStartKey: start }),
          ScanIndexForward: order === 'asc',
          ConsistentRead: !isChosen,
          Limit: isChosen ? strides[Math.min(round, strides.length - 1)] : pageSize,
        }),
      );
      found.push(...Items.map(readHeader));
      start = LastEvaluatedKey as typeof start;
    }
    const headers = found.slice(0, pageSize);
    const last = headers.at(-1);
    return (start || found.length > pageSize) && last ? { headers, next: last.caseNumber } : { headers };
  };

  /** What an index of the folder names, in its order. */
  const numbersBy = async (index: string, owner: OwnerId, more: Partial<QueryCommandInput>) =>
    (
      await queryAll(
        { client, table },
        {
          IndexName: index,
          KeyConditionExpression: 'pk = :owner',
          ExpressionAttributeValues: { ':owner': ownerKey(owner) },
          ...more,
        },
      )
    ).map(numberOf);

  const batch = async (wanted: readonly ReturnType<typeof headerKey>[]): Promise<readonly Row[]> => {
    const rows: Row[] = [];
    let keys: BatchGetKeys = wanted;
    for (let round = 0; keys.length > 0; round++) {
      if (round === batchRounds) return refuse({ kind: 'unavailable' });
      const RequestItems = { [table]: { Keys: [...keys], ConsistentRead: true } };
      const { Responses, UnprocessedKeys }: BatchGetCommandOutput = await client.send(
        new BatchGetCommand({ RequestItems }),
      );
      rows.push(...(Responses?.[table] ?? []));
      keys = UnprocessedKeys?.[table]?.Keys ?? [];
    }
    return rows;
  };

  const headers: Folder['headers'] = async (owner, caseNumbers) => {
    const found = new Map<CaseNumber, FolderHeader>();
    for (let start = 0; start < caseNumbers.length; start += batchSize) {
      const keys = caseNumbers.slice(start, start + batchSize).map(number => headerKey(owner, number));
      for (const header of (await batch(keys)).map(readHeader)) found.set(header.caseNumber, header);
    }
    return caseNumbers.flatMap(number => found.get(number) ?? []);
  };

  return {
    page,
    headers,
    newest: async (owner, count) => {
      // Only sent, a case is among the newest by its number; whatever happened since, the index knows.
      const sent = client.send(
        new QueryCommand({
          TableName: table,
          ...readingOf(owner),
          ScanIndexForward: false,
          ConsistentRead: true,
          Limit: count,
        }),
      );
      const changed = client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'ByEvent',
          KeyConditionExpression: 'pk = :owner',
          ExpressionAttributeValues: { ':owner': ownerKey(owner) },
          ScanIndexForward: false,
          Limit: count,
        }),
      );
      const [{ Items: rows = [] }, { Items: keys = [] }] = await Promise.all([sent, changed]);
      const known = rows.map(readHeader);
      const missing = keys
        .map(numberOf)
        .filter(number => known.every(({ caseNumber }) => caseNumber !== number));
      return [...known, ...(await headers(owner, missing))].toSorted(byUpdate).slice(0, count);
    },
    waiting: async owner => headers(owner, await numbersBy('ByWait', owner, {})),
    named: async (owner, filter) => {
      const { ExpressionAttributeNames, ...reading } = readingOf(owner, filter);
      const rows = await queryAll(
        { client, table },
        {
          ...reading,
          ExpressionAttributeNames: { ...ExpressionAttributeNames, '#names': 'names' },
          ProjectionExpression: 'sk, #names',
        },
      );
      return rows.map(row => ({ caseNumber: numberOf(row), names: readNames(String(row.names)) }));
    },
    header: async (owner, caseNumber) => {
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: headerKey(owner, caseNumber), ConsistentRead: true }),
      );
      return Item && readHeader(Item);
    },
  };
};
