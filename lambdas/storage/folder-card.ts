import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { EpochMs, OwnerId } from '../domain/case.ts';
import { isNew } from '../domain/folder.ts';
import type { Translated } from '../domain/language.ts';
import { statuses } from '../domain/status.ts';
import { type FolderHeader, readNames, sortNames, toExpiresAt } from './case-rows.ts';
import type { Judged } from './folder-filter.ts';
import type { Table } from './query.ts';

/** A case as a folder's card has it; what may have changed since then must be asked. */
export interface CardEntry extends Judged {
  readonly names: Translated;
  /** To the folder's owner. */
  readonly isNew: boolean;
}

/**
 * A large folder in one small row, so that it can be sorted and searched without reading thousands of headers. It is
 * a copy: whoever reads it asks the table what has come and changed since, and may make it anew at any time.
 */
export interface FolderCard {
  /** What the table said at this time. */
  readonly at: EpochMs;
  /** All cases up to this number are in it, in the order they were sent. */
  readonly upTo: string;
  readonly entries: readonly CardEntry[];
}

export interface FolderCards {
  read(owner: OwnerId): Promise<FolderCard | undefined>;
  write(owner: OwnerId, headers: readonly FolderHeader[], at: EpochMs): Promise<void>;
}

/**
 * Milliseconds after which nothing that was begun before can still be written: a number is given, and an event dated,
 * some seconds before its transaction is done, and an index follows a little later.
 */
export const settledMs = 10 * 60 * 1000;

/** Days a card is kept at most. */
const cardDays = 30;
const dayMs = 24 * 60 * 60 * 1000;

const cardKey = (owner: OwnerId) => ({ pk: `CARD#${owner}`, sk: 'CARD' });
const cardRow = z.object({ at: z.number(), upTo: z.string(), packed: z.instanceof(Uint8Array) });
const packing = z.object({
  /** Service and names: there are few, and many cases of each. */
  kinds: z.array(z.tuple([z.string(), z.string()])),
  /** Number, kind, status, whether it is new. */
  cases: z.array(z.tuple([z.string(), z.number(), z.number(), z.number()])),
});

const pack = (owner: OwnerId, headers: readonly FolderHeader[]): z.infer<typeof packing> => {
  const kinds = new Map<string, number>();
  const cases = headers.map((header): [string, number, number, number] => {
    const kind = JSON.stringify([header.service, sortNames(header.names)]);
    if (!kinds.has(kind)) kinds.set(kind, kinds.size);
    const isNewCase = isNew(header, owner) ? 1 : 0;
    return [header.caseNumber, kinds.get(kind) ?? 0, statuses.indexOf(header.status), isNewCase];
  });
  return { kinds: [...kinds.keys()].map(kind => JSON.parse(kind)), cases };
};

const unpack = ({ kinds, cases }: z.infer<typeof packing>): CardEntry[] =>
  cases.flatMap(([caseNumber, kind, status, isNewCase]) => {
    const [service = '', names = ''] = kinds[kind] ?? [];
    const known = statuses[status];
    return known
      ? [{ caseNumber, service, status: known, names: readNames(names), isNew: isNewCase === 1 }]
      : [];
  });

export const folderCards = ({ client, table }: Table): FolderCards => ({
  read: async owner => {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: cardKey(owner) }));
    const row = cardRow.safeParse(Item);
    if (!row.success) return undefined;
    const { inflateRawSync } = await import('node:zlib');
    const { at, upTo, packed } = row.data;
    return { at, upTo, entries: unpack(packing.parse(JSON.parse(inflateRawSync(packed).toString()))) };
  },
  write: async (owner, headers, at) => {
    const settled = headers.filter(({ submittedAt }) => submittedAt <= at - settledMs);
    const upTo = settled.at(-1)?.caseNumber ?? '';
    const { deflateRawSync } = await import('node:zlib');
    const packed = deflateRawSync(
      JSON.stringify(
        pack(
          owner,
          headers.filter(({ caseNumber }) => caseNumber <= upTo),
        ),
      ),
    );
    const Item = { ...cardKey(owner), at, upTo, packed, expiresAt: toExpiresAt(at + cardDays * dayMs) };
    await client.send(new PutCommand({ TableName: table, Item }));
  },
});
