import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { CaseNumber, EpochMs, OwnerId } from '../domain/case.ts';
import { isNew } from '../domain/folder.ts';
import { type FolderHeader, headerSort, ownerKey, readHeader } from './case-rows.ts';
import { type CardEntry, type FolderCard, folderCards, settledMs } from './folder-card.ts';
import { type FolderFilter, headerPasses, passes, readingOf } from './folder-filter.ts';
import { queryAll, type Row, type Table } from './query.ts';

/** A case of a folder: as it is now where its header is there, else as the folder's card has it. */
export interface Known extends CardEntry {
  readonly header?: FolderHeader;
}

/** Folders up to so many cases have no card: they are read whole. */
const smallFolder = 100;
/** Cases that may have come or changed since a card was made, before it is made anew. */
const changesAtMost = 200;

export const known = (owner: OwnerId, header: FolderHeader): Known => ({
  caseNumber: header.caseNumber,
  service: header.service,
  status: header.status,
  names: header.names,
  isNew: isNew(header, owner),
  header,
});

/** Whether it may be wanted. A card may say *new* of what has been seen since; never the other way round. */
export const mayPass = (filter: FolderFilter, one: Known): boolean =>
  one.header ? headerPasses(filter, one.header) : passes(filter, one, ({ isNew }) => isNew);

const numberOf = ({ sk }: Row): CaseNumber => String(sk).slice(headerSort('').length);

type Headers = (owner: OwnerId, caseNumbers: readonly CaseNumber[]) => Promise<readonly FolderHeader[]>;

/** All of a folder, in the order it was sent: for orders and searches that the table does not keep. */
export const folderOverview = (
  { client, table, now }: Table & { readonly now: () => EpochMs },
  headers: Headers,
): ((owner: OwnerId, isLarge?: boolean) => Promise<readonly Known[]>) => {
  const cards = folderCards({ client, table });

  const query = async (input: Omit<QueryCommandInput, 'TableName'>): Promise<readonly Row[]> => {
    const { Items = [] } = await client.send(new QueryCommand({ TableName: table, ...input }));
    return Items;
  };

  /** What has come since a card was made. */
  const later = (owner: OwnerId, { upTo }: FolderCard) =>
    query({
      KeyConditionExpression: 'pk = :owner AND sk BETWEEN :after AND :end',
      ExpressionAttributeValues: {
        ':owner': ownerKey(owner),
        // The least that sorts after the last number, and after all numbers.
        ':after': `${headerSort(upTo)}!`,
        ':end': 'CASE$',
      },
      ConsistentRead: true,
      Limit: changesAtMost + 1,
    });

  const changed = (owner: OwnerId, { at }: FolderCard) =>
    query({
      IndexName: 'ByEvent',
      KeyConditionExpression: 'pk = :owner AND eventAt >= :since',
      ExpressionAttributeValues: { ':owner': ownerKey(owner), ':since': at - settledMs },
      Limit: changesAtMost + 1,
    });

  /** The card with what has happened since; undefined where that is too much. */
  const broughtUp = async (owner: OwnerId, card: FolderCard): Promise<readonly Known[] | undefined> => {
    const [rows, keys] = await Promise.all([later(owner, card), changed(owner, card)]);
    if (rows.length > changesAtMost || keys.length > changesAtMost) return undefined;
    const fresh = new Map(rows.map(readHeader).map(header => [header.caseNumber, header]));
    const missing = keys.map(numberOf).filter(number => !fresh.has(number));
    for (const header of await headers(owner, missing)) fresh.set(header.caseNumber, header);
    const before = card.entries.map(entry => {
      const header = fresh.get(entry.caseNumber);
      return header ? known(owner, header) : entry;
    });
    const added = rows.map(row => numberOf(row)).flatMap(number => fresh.get(number) ?? []);
    return [...before, ...added.map(header => known(owner, header))];
  };

  const madeAnew = async (owner: OwnerId, at: EpochMs): Promise<readonly Known[]> => {
    const all = (await queryAll({ client, table }, readingOf(owner))).map(readHeader);
    // Without a card the next one reads it all again, and no more is lost.
    await cards.write(owner, all, at).catch(() => undefined);
    return all.map(header => known(owner, header));
  };

  /** All of a folder that is not large; undefined otherwise. */
  const readWhole = async (owner: OwnerId): Promise<readonly Known[] | undefined> => {
    const rows = await query({ ...readingOf(owner), Limit: smallFolder + 1 });
    return rows.length > smallFolder ? undefined : rows.map(readHeader).map(header => known(owner, header));
  };

  return async (owner, isLarge = false) => {
    const at = now();
    const [whole, card] = await Promise.all([isLarge ? undefined : readWhole(owner), cards.read(owner)]);
    if (whole) return whole;
    // A clock that was set back has no card of the future.
    const current = card && card.at <= at ? await broughtUp(owner, card) : undefined;
    return current ?? madeAnew(owner, at);
  };
};
