import {
  BatchGetCommand,
  type BatchGetCommandOutput,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { CaseNumber, EpochMs, OwnerId } from '../domain/case.ts';
import { pageSize, type SortOrder, sortByName } from '../domain/folder.ts';
import type { Language } from '../domain/language.ts';
import { refuse } from '../domain/refusal.ts';
import { headerKey, headersIn, numberOf, ownerKey } from './case-keys.ts';
import type { Row } from './dynamodb.ts';
import { type FolderFilter, isChosen, numbersOf, passes } from './folder-filter.ts';
import { folderOverview, type Known, type Overview } from './folder-overview.ts';
import type { FolderEntry } from './folder-packing.ts';
import { type FolderHeader, readHeader } from './header-rows.ts';
import { queryAll, type Table } from './query.ts';

export interface FolderPage {
  readonly headers: readonly FolderEntry[];
  /** The last case of the page, when more follow. */
  readonly next?: CaseNumber;
}

/**
 * Headers, read by whose folder they are in: what a case contains is out of reach here. Whole pages are read
 * consistently, for a case must be there as soon as it was sent. What is chosen from many comes in part from a copy that
 * is brought up to date at every reading (`folder-overview.ts`).
 */
export interface Folder {
  /** One page in the order the cases were sent; `after` is the last case of the page before. */
  page(owner: OwnerId, order: SortOrder, after?: CaseNumber, filter?: FolderFilter): Promise<FolderPage>;
  /** One page by the services' names. */
  byName(
    owner: OwnerId,
    by: { readonly language: Language; readonly order: SortOrder },
    after?: CaseNumber,
    filter?: FolderFilter,
  ): Promise<FolderPage>;
  /** The cases in which something happened last, that first: whatever the folder's size, it costs the same. */
  newest(owner: OwnerId, count: number): Promise<readonly FolderHeader[]>;
  /** The same of those a filter wants, however long ago it was. */
  newestOf(owner: OwnerId, count: number, filter: FolderFilter): Promise<readonly FolderEntry[]>;
  /** The cases in which something is asked of the folder's people, what is needed soonest first. */
  waiting(owner: OwnerId): Promise<readonly FolderHeader[]>;
  /** In the order they were asked for; without those that are not there. */
  headers(owner: OwnerId, caseNumbers: readonly CaseNumber[]): Promise<readonly FolderHeader[]>;
  header(owner: OwnerId, caseNumber: CaseNumber): Promise<FolderHeader | undefined>;
}

/** Keys DynamoDB takes at once. */
const batchSize = 100;
const batchRounds = 5;

type BatchGetKeys = readonly Record<string, unknown>[];

/** By when something last happened, the newest first. */
const byUpdate = (
  one: Pick<Known, 'caseNumber' | 'updatedAt'>,
  other: Pick<Known, 'caseNumber' | 'updatedAt'>,
): number => (other.updatedAt ?? 0) - (one.updatedAt ?? 0) || (one.caseNumber < other.caseNumber ? 1 : -1);

const pageOf = (found: readonly FolderEntry[], more = false): FolderPage => {
  const headers = found.slice(0, pageSize);
  const last = headers.at(-1);
  return (more || found.length > pageSize) && last ? { headers, next: last.caseNumber } : { headers };
};

const isAfter = (order: SortOrder, place: CaseNumber | undefined) => (one: Known) =>
  place === undefined || (order === 'asc' ? one.caseNumber > place : one.caseNumber < place);

export const folder = ({
  client,
  table,
  now = Date.now,
}: Table & { readonly now?: () => EpochMs }): Folder => {
  const batch = async (wanted: BatchGetKeys, ConsistentRead: boolean): Promise<readonly Row[]> => {
    const rows: Row[] = [];
    let keys = wanted;
    for (let round = 0; keys.length > 0; round++) {
      if (round === batchRounds) return refuse({ kind: 'unavailable' });
      const { Responses, UnprocessedKeys }: BatchGetCommandOutput = await client.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys: [...keys], ConsistentRead } } }),
      );
      rows.push(...(Responses?.[table] ?? []));
      keys = UnprocessedKeys?.[table]?.Keys ?? [];
    }
    return rows;
  };

  const headersOf = async (owner: OwnerId, caseNumbers: readonly CaseNumber[], consistently: boolean) => {
    const found = new Map<CaseNumber, FolderHeader>();
    for (let start = 0; start < caseNumbers.length; start += batchSize) {
      const keys = caseNumbers.slice(start, start + batchSize).map(number => headerKey(owner, number));
      for (const row of await batch(keys, consistently)) found.set(numberOf(row), readHeader(row));
    }
    return found;
  };

  const headers: Folder['headers'] = async (owner, caseNumbers) => {
    const found = await headersOf(owner, caseNumbers, true);
    return caseNumbers.flatMap(number => found.get(number) ?? []);
  };

  const overview = folderOverview({ client, table, now });

  /** The first `count` of those in this order that a filter wants, as they are now, and some more. */
  const choose = async (
    owner: OwnerId,
    { entry, mayPass }: Overview,
    ordered: readonly Known[],
    filter: FolderFilter,
    count = pageSize + 1,
  ): Promise<readonly FolderEntry[]> => {
    const found: FolderEntry[] = [];
    const candidates = ordered.filter(mayPass);
    for (let start = 0, end = count; start < candidates.length && found.length < count; end += batchSize) {
      const part = candidates.slice(start, end).map(one => ({ ...one, entry: entry(one) }));
      const unknown = part.filter(one => one.entry === undefined).map(({ caseNumber }) => caseNumber);
      const fetched = await headersOf(owner, unknown, false);
      const entries = part.flatMap(one => one.entry ?? fetched.get(one.caseNumber) ?? []);
      found.push(...entries.filter(one => passes(filter, one)));
      start = end;
    }
    return found;
  };

  /** Row by row, as they lie in the table. */
  const read = async (
    owner: OwnerId,
    order: SortOrder,
    after: CaseNumber | undefined,
    filter: FolderFilter,
  ): Promise<FolderPage> => {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        ...headersIn(owner, numbersOf(filter)),
        ...(after !== undefined && { ExclusiveStartKey: headerKey(owner, after) }),
        ScanIndexForward: order === 'asc',
        ConsistentRead: true,
        // One more than a page would tell whether more follow, and cost as much; DynamoDB says it by itself.
        Limit: pageSize,
      }),
    );
    return pageOf(Items.map(readHeader), LastEvaluatedKey !== undefined);
  };

  const page: Folder['page'] = async (owner, order, after, filter = {}) => {
    if (!isChosen(filter)) return read(owner, order, after, filter);
    const all = await overview(owner, filter);
    const rest = all.cases.filter(isAfter(order, after));
    return pageOf(await choose(owner, all, order === 'asc' ? rest : rest.toReversed(), filter));
  };

  const query = async (input: Partial<QueryCommandInput>): Promise<readonly Row[]> => {
    const { Items = [] } = await client.send(new QueryCommand({ TableName: table, ...input }));
    return Items;
  };

  const indexOf = (IndexName: string, owner: OwnerId) => ({
    IndexName,
    KeyConditionExpression: 'pk = :owner',
    ExpressionAttributeValues: { ':owner': ownerKey(owner) },
  });

  return {
    page,
    headers,
    byName: async (owner, { language, order }, after, filter = {}) => {
      const all = await overview(owner, filter, true);
      const named = all.cases.map(one => ({ ...one, name: one.names?.[language] ?? '' }));
      const sorted = sortByName(named, language, order);
      const place = after === undefined ? 0 : sorted.findIndex(one => one.caseNumber === after) + 1;
      return pageOf(await choose(owner, all, sorted.slice(place), filter));
    },
    newest: async (owner, count) => {
      // Only sent, a case is among the newest by its number; whatever happened since, the index knows.
      const first = { ScanIndexForward: false, Limit: count };
      const [rows, keys] = await Promise.all([
        query({ ...headersIn(owner), ...first, ConsistentRead: true }),
        query({ ...indexOf('ByEvent', owner), ...first }),
      ]);
      const known = rows.map(readHeader);
      const missing = keys
        .map(numberOf)
        .filter(number => known.every(({ caseNumber }) => caseNumber !== number));
      return [...known, ...(await headers(owner, missing))].toSorted(byUpdate).slice(0, count);
    },
    newestOf: async (owner, count, filter) => {
      const all = await overview(owner, filter);
      const found = await choose(owner, all, all.cases.toSorted(byUpdate), filter, count);
      return found.toSorted(byUpdate).slice(0, count);
    },
    waiting: async owner => {
      const rows = await queryAll({ client, table }, indexOf('ByWait', owner));
      return headers(owner, rows.map(numberOf));
    },
    header: async (owner, caseNumber) => {
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: headerKey(owner, caseNumber), ConsistentRead: true }),
      );
      return Item && readHeader(Item);
    },
  };
};
