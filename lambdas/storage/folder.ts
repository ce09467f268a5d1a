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
import { type FolderHeader, headerKey, headerSort, ownerKey, readHeader } from './case-rows.ts';
import { type FolderFilter, headerPasses, isNewToMember, readingOf } from './folder-filter.ts';
import { folderOverview, type Known, known, mayPass } from './folder-overview.ts';
import { queryAll, type Row, type Table } from './query.ts';

export interface FolderPage {
  readonly headers: readonly FolderHeader[];
  /** The last case of the page, when more follow. */
  readonly next?: CaseNumber;
}

/**
 * Headers, read by whose folder they are in: what a case contains is out of reach here. Whole pages are read
 * consistently, for a case must be there as soon as it was sent; what is chosen from many is read at half the price.
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
  newestOf(owner: OwnerId, count: number, filter: FolderFilter): Promise<readonly FolderHeader[]>;
  /** The cases in which something is asked of the folder's people, what is needed soonest first. */
  waiting(owner: OwnerId): Promise<readonly FolderHeader[]>;
  /** In the order they were asked for; without those that are not there. */
  headers(owner: OwnerId, caseNumbers: readonly CaseNumber[]): Promise<readonly FolderHeader[]>;
  header(owner: OwnerId, caseNumber: CaseNumber): Promise<FolderHeader | undefined>;
}

/** How many rows a chosen page looks through at a time: most find theirs at once. */
const strides = [100, 400, 1_600, 6_400] as const;
/** Keys DynamoDB takes at once. */
const batchSize = 100;
const batchRounds = 5;

type BatchGetKeys = readonly Record<string, unknown>[];

export const numberOf = ({ sk }: Row): CaseNumber => String(sk).slice(headerSort('').length);

/** By when something last happened, the newest first. */
const byUpdate = (one: FolderHeader, other: FolderHeader): number =>
  other.updatedAt - one.updatedAt || (one.caseNumber < other.caseNumber ? 1 : -1);

const pageOf = (found: readonly FolderHeader[], more = false): FolderPage => {
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

  const overview = folderOverview({ client, table, now }, headers);

  /** All of a folder, with as much of each case as it takes to judge what is new to whom. */
  const everything = async (owner: OwnerId, filter: FolderFilter): Promise<readonly Known[]> =>
    isNewToMember(owner, filter)
      ? (await queryAll({ client, table }, readingOf(owner))).map(row => known(owner, readHeader(row)))
      : overview(owner);

  /** As they are now; in the order they were given in, without those that are not there. */
  const judge = async (owner: OwnerId, part: readonly Known[], filter: FolderFilter) => {
    const unknown = part.flatMap(({ header, caseNumber }) => (header ? [] : [caseNumber]));
    const fetched = await headersOf(owner, unknown, false);
    const judged = part.flatMap(({ header, caseNumber }) => header ?? fetched.get(caseNumber) ?? []);
    return judged.filter(header => headerPasses(filter, header));
  };

  /** The first of those in this order that a filter wants, each judged by its header as it is now. */
  const choose = async (
    owner: OwnerId,
    ordered: readonly Known[],
    filter: FolderFilter,
    before: readonly FolderHeader[] = [],
  ): Promise<FolderPage> => {
    const candidates = ordered.filter(one => mayPass(filter, one));
    const found = [...before];
    const step = pageSize + 1;
    for (let start = 0; start < candidates.length && found.length <= pageSize; start += step)
      found.push(...(await judge(owner, candidates.slice(start, start + step), filter)));
    return pageOf(found);
  };

  const stride = async (
    owner: OwnerId,
    order: SortOrder,
    start: ReturnType<typeof headerKey> | undefined,
    filter: FolderFilter,
    Limit: number,
  ) => {
    const reading = readingOf(owner, filter);
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        ...reading,
        ...(start && { ExclusiveStartKey: start }),
        ScanIndexForward: order === 'asc',
        ConsistentRead: reading.FilterExpression === undefined,
        Limit,
      }),
    );
    const found = Items.map(readHeader).filter(header => headerPasses(filter, header));
    return { found, start: LastEvaluatedKey as typeof start };
  };

  /** Row by row, as far as it takes. */
  const lookThrough = async (
    owner: OwnerId,
    order: SortOrder,
    from: Awaited<ReturnType<typeof stride>>,
    filter: FolderFilter,
  ): Promise<FolderPage> => {
    const found = [...from.found];
    let { start } = from;
    for (let round = 1; start && found.length < pageSize; round++) {
      const limit = strides[Math.min(round, strides.length - 1)] ?? pageSize;
      const next = await stride(owner, order, start, filter, limit);
      found.push(...next.found);
      start = next.start;
    }
    return pageOf(found, start !== undefined);
  };

  const page: Folder['page'] = async (owner, order, after, filter = {}) => {
    const start = after === undefined ? undefined : headerKey(owner, after);
    const isChosen = readingOf(owner, filter).FilterExpression !== undefined;
    // One more than a page would tell whether more follow, and cost as much; DynamoDB says it by itself.
    const first = await stride(owner, order, start, filter, isChosen ? strides[0] : pageSize);
    if (!isChosen || !first.start || first.found.length >= pageSize)
      return pageOf(first.found, first.start !== undefined);
    if (isNewToMember(owner, filter)) return lookThrough(owner, order, first, filter);
    const all = await overview(owner, true);
    const rest = all.filter(isAfter(order, numberOf(first.start)));
    return choose(owner, order === 'asc' ? rest : rest.toReversed(), filter, first.found);
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
      const named = (await everything(owner, filter)).map(one => ({ ...one, name: one.names[language] }));
      const sorted = sortByName(named, language, order);
      const place = after === undefined ? 0 : sorted.findIndex(one => one.caseNumber === after) + 1;
      return choose(owner, sorted.slice(place), filter);
    },
    newest: async (owner, count) => {
      // Only sent, a case is among the newest by its number; whatever happened since, the index knows.
      const first = { ScanIndexForward: false, Limit: count };
      const [rows, keys] = await Promise.all([
        query({ ...readingOf(owner), ...first, ConsistentRead: true }),
        query({ ...indexOf('ByEvent', owner), ...first }),
      ]);
      const known = rows.map(readHeader);
      const missing = keys
        .map(numberOf)
        .filter(number => known.every(({ caseNumber }) => caseNumber !== number));
      return [...known, ...(await headers(owner, missing))].toSorted(byUpdate).slice(0, count);
    },
    newestOf: async (owner, count, filter) => {
      const candidates = (await everything(owner, filter)).filter(one => mayPass(filter, one));
      return (await judge(owner, candidates, filter)).toSorted(byUpdate).slice(0, count);
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
