import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { CaseNumber, EpochMs, OwnerId } from '../domain/case.ts';
import { isNew, pageSize } from '../domain/folder.ts';
import { headerSort, headersIn, numberOf, ownerKey } from './case-keys.ts';
import type { Row } from './dynamodb.ts';
import { type Copy, folderCards, settledMs } from './folder-card.ts';
import { type FolderFilter, isOnlyNew, isWantedNew, mayPass } from './folder-filter.ts';
import type { FolderEntry, Listed } from './folder-packing.ts';
import { type FolderHeader, readHeader } from './header-rows.ts';
import { queryAll, type Table } from './query.ts';

/** A case of a folder. What is not said of it only its header can tell. */
export interface Known extends Pick<Listed, 'caseNumber'>, Partial<Omit<Listed, 'caseNumber'>> {
  readonly header?: FolderHeader;
}

export interface Overview {
  /** In the order they were sent; some that are not wanted may be among them. */
  readonly cases: readonly Known[];
  /** As it is now; undefined where only its header can tell. */
  entry(one: Known): FolderEntry | undefined;
  /** Whether it is wanted, or may be. */
  mayPass(one: Known): boolean;
}

/** Cases that may have come or changed since a copy was made, before it is made anew. */
const changesAtMost = 200;
/** Read beforehand: all of a small folder, which needs no copy, and of a large one what a copy most often lacks. */
const ahead = pageSize + 1;

/** The first that a Query finds, and where to go on. */
interface Found {
  readonly rows: readonly Row[];
  readonly next: QueryCommandInput['ExclusiveStartKey'];
}

/** What has happened since a copy was made: these cases as they are now, and when something happened in others. */
interface Since {
  readonly fresh: ReadonlyMap<CaseNumber, FolderHeader>;
  readonly changed: ReadonlyMap<CaseNumber, EpochMs>;
}

const isListed = (one: Known): one is Listed => one.place !== undefined;

const known = (header: FolderHeader): Known => {
  const { caseNumber, service, names, status, updatedAt } = header;
  return { caseNumber, service, names, status, updatedAt, header };
};

const eventAt = (row: Row | undefined): EpochMs => Number(row?.eventAt ?? 0);

const byNumber = (one: Known, other: Known): number => (one.caseNumber < other.caseNumber ? -1 : 1);

/** Where a case is in a list in the order of numbers; undefined where it is not. */
const placeOf = (cases: readonly Known[], caseNumber: CaseNumber): number | undefined => {
  let [low, high] = [0, cases.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cases[middle]?.caseNumber ?? '') < caseNumber) low = middle + 1;
    else high = middle;
  }
  return cases[low]?.caseNumber === caseNumber ? low : undefined;
};

/** A copy with what has happened since: thousands stay as they are. */
const broughtUp = (cases: readonly Known[], { fresh, changed }: Since): readonly Known[] => {
  const all = [...cases];
  const added: Known[] = [];
  for (const caseNumber of new Set([...changed.keys(), ...fresh.keys()])) {
    const header = fresh.get(caseNumber);
    const place = placeOf(cases, caseNumber);
    const { service, names } = cases[place ?? -1] ?? {};
    const updatedAt = changed.get(caseNumber) ?? 0;
    const now = header
      ? known(header)
      : { caseNumber, updatedAt, ...(service && names && { service, names }) };
    if (place === undefined) added.push(now);
    else all[place] = now;
  }
  return added.length === 0 ? all : [...all, ...added].toSorted(byNumber);
};

/**
 * All of a folder, or all that a filter can want of it, in the order it was sent: for orders and searches that the table
 * does not keep. `isNamed` where it is to be sorted by names.
 */
export const folderOverview = ({
  client,
  table,
  now,
}: Table & { readonly now: () => EpochMs }): ((
  owner: OwnerId,
  filter: FolderFilter,
  isNamed?: boolean,
) => Promise<Overview>) => {
  const cards = folderCards({ client, table });

  const query = async (input: Omit<QueryCommandInput, 'TableName'>): Promise<Found> => {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({ TableName: table, ...input }),
    );
    return { rows: Items, next: LastEvaluatedKey };
  };

  const eventsOf = (owner: OwnerId, since: EpochMs) => ({
    IndexName: 'ByEvent',
    KeyConditionExpression: 'pk = :owner AND eventAt >= :since',
    ExpressionAttributeValues: { ':owner': ownerKey(owner), ':since': since },
    ScanIndexForward: false,
  });

  /** What came after the last case of a copy, and before what was read ahead. */
  const sent = async (owner: OwnerId, upTo: CaseNumber, { rows, next }: Found): Promise<readonly Row[]> => {
    const oldest = rows.at(-1);
    if (!next || !oldest || numberOf(oldest) <= upTo) return rows;
    const gap = await query({
      KeyConditionExpression: 'pk = :owner AND sk BETWEEN :after AND :before',
      ExpressionAttributeValues: {
        ':owner': ownerKey(owner),
        // The least that sorts after the last number.
        ':after': `${headerSort(upTo)}!`,
        ':before': oldest.sk,
      },
      ConsistentRead: true,
      Limit: changesAtMost + 1,
    });
    return [...rows, ...gap.rows];
  };

  const happened = async (owner: OwnerId, since: EpochMs, { rows, next }: Found): Promise<readonly Row[]> => {
    const recent = rows.filter(row => eventAt(row) >= since);
    if (!next || recent.length < rows.length) return recent;
    const earlier = { ...eventsOf(owner, since), ExclusiveStartKey: next, Limit: changesAtMost + 1 };
    return [...recent, ...(await query(earlier)).rows];
  };

  /** Undefined where it is too much to go through at every visit. */
  const since = async (
    owner: OwnerId,
    { at, upTo }: Copy,
    newest: Found,
    events: Found,
  ): Promise<Since | undefined> => {
    const [rows, keys] = await Promise.all([
      sent(owner, upTo, newest),
      happened(owner, at - settledMs, events),
    ]);
    if (rows.length > changesAtMost || keys.length > changesAtMost) return undefined;
    return {
      fresh: new Map(rows.map(row => [numberOf(row), readHeader(row)])),
      changed: new Map(keys.map(row => [numberOf(row), eventAt(row)])),
    };
  };

  const madeAnew = async (owner: OwnerId, at: EpochMs, isShared = false): Promise<readonly Known[]> => {
    const all = (await queryAll({ client, table }, headersIn(owner))).map(readHeader);
    // Without a copy the next one reads it all again, and no more is lost.
    await cards.write(owner, all, at, isShared).catch(() => undefined);
    return all.map(known);
  };

  return async (owner, filter, isNamed = false) => {
    const at = now();
    const isNewEnough = isOnlyNew(filter) && !isNamed;
    const [newest, events, card, newOnes] = await Promise.all([
      query({ ...headersIn(owner), ScanIndexForward: false, ConsistentRead: true, Limit: ahead }),
      query({ ...eventsOf(owner, 0), Limit: ahead }),
      isNewEnough ? undefined : cards.read(owner),
      isNewEnough ? cards.readNew(owner) : undefined,
    ]);
    const copy = card ?? newOnes;
    // A clock that was set back has no copy of the future.
    const changes =
      newest.next && copy && copy.at <= at ? await since(owner, copy, newest, events) : undefined;
    // Sorted by names, a case has its place whether it is wanted or not: a page may have ended with it.
    const unpacked =
      changes &&
      (await card
        ?.unpack(one => isNamed || changes.changed.has(one.caseNumber) || mayPass(filter, one))
        // What cannot be unpacked is no card.
        .catch(() => undefined));

    const cases = async (): Promise<readonly Known[]> => {
      if (!newest.next) return newest.rows.map(readHeader).map(known).toReversed();
      const copied = unpacked?.listed ?? newOnes?.cases;
      return copied && changes ? broughtUp(copied, changes) : madeAnew(owner, at, filter.isShared);
    };
    const told = (one: Known): FolderEntry | undefined =>
      one.header ?? (isListed(one) ? unpacked?.entry(one) : undefined);
    /** What somebody has seen since, only the header tells; of an organisation's cases it is told elsewhere. */
    const isSettled = (one: Known, entry: FolderEntry): boolean =>
      one.header !== undefined ||
      filter.isShared === true ||
      !(isNew(entry, owner) || entry.letters !== undefined);

    return {
      cases: await cases(),
      entry: one => {
        const entry = told(one);
        return entry && isSettled(one, entry) ? entry : undefined;
      },
      mayPass: one => {
        if (!mayPass(filter, one)) return false;
        const entry = filter.newTo && told(one);
        return entry === undefined || isWantedNew(filter, entry);
      },
    };
  };
};
