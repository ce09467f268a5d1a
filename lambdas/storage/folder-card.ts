import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { CaseNumber, EpochMs, OwnerId } from '../domain/case.ts';
import { isNew } from '../domain/folder.ts';
import { epochSeconds } from './dynamodb.ts';
import {
  type FolderEntry,
  type Listed,
  packFolder,
  type UnpackedFolder,
  unpackFolder,
} from './folder-packing.ts';
import type { FolderHeader } from './header-rows.ts';
import type { Table } from './query.ts';

/** What the table said of a folder at one time: of all cases up to a number, in the order they were sent. */
export interface Copy {
  readonly at: EpochMs;
  readonly upTo: CaseNumber;
}

/**
 * A large folder in one small row, so that it can be sorted and searched without reading thousands of headers. It is
 * a copy: whoever reads it asks the table what has come and changed since, and may make it anew at any time.
 */
export interface FolderCard extends Copy {
  unpack(isWanted: (one: Listed) => boolean): Promise<UnpackedFolder>;
}

/** Of the same copy only what was new to the owner: the one thing that is asked at every visit. */
export interface NewOnes extends Copy {
  readonly cases: readonly Pick<FolderEntry, 'caseNumber' | 'updatedAt'>[];
}

export interface FolderCards {
  read(owner: OwnerId): Promise<FolderCard | undefined>;
  readNew(owner: OwnerId): Promise<NewOnes | undefined>;
  /** What is new to an organisation nobody asks: it is not the same for all its people. */
  write(owner: OwnerId, headers: readonly FolderHeader[], at: EpochMs, isShared: boolean): Promise<void>;
}

/**
 * Milliseconds after which nothing that was begun before can still be written: a number is given, and an event dated,
 * some seconds before its transaction is done, and an index follows a little later.
 */
export const settledMs = 10 * 60 * 1000;

/** Days a card is kept at most. */
const cardDays = 30;
const dayMs = 24 * 60 * 60 * 1000;

const cardKey = (owner: OwnerId, sk: 'CARD' | 'NEW') => ({ pk: `CARD#${owner}`, sk });
const cardRow = z.object({ at: z.number(), upTo: z.string(), list: z.instanceof(Uint8Array) });
const newRow = z.object({
  at: z.number(),
  upTo: z.string(),
  cases: z.array(z.object({ caseNumber: z.string(), updatedAt: z.number() })),
});

export const folderCards = ({ client, table }: Table): FolderCards => {
  const get = async (Key: ReturnType<typeof cardKey>): Promise<unknown> =>
    (await client.send(new GetCommand({ TableName: table, Key }))).Item;

  return {
    read: async owner => {
      const row = cardRow.safeParse(await get(cardKey(owner, 'CARD')));
      if (!row.success) return undefined;
      const { at, upTo, list } = row.data;
      return { at, upTo, unpack: isWanted => unpackFolder(list, isWanted) };
    },
    readNew: async owner => newRow.safeParse(await get(cardKey(owner, 'NEW'))).data,
    write: async (owner, headers, at, isShared) => {
      const settled = headers.filter(({ submittedAt }) => submittedAt <= at - settledMs);
      const upTo = settled.at(-1)?.caseNumber ?? '';
      const listed = headers.filter(({ caseNumber }) => caseNumber <= upTo);
      const copy = { at, upTo, expiresAt: epochSeconds(at + cardDays * dayMs) };
      const put = (Item: Record<string, unknown>) => client.send(new PutCommand({ TableName: table, Item }));
      const list = await packFolder(listed);
      const cases = listed
        .filter(header => isNew(header, owner))
        .map(({ caseNumber, updatedAt }) => ({ caseNumber, updatedAt }));
      // Each is of use without the other.
      await Promise.allSettled([
        put({ ...cardKey(owner, 'CARD'), ...copy, list }),
        isShared || put({ ...cardKey(owner, 'NEW'), ...copy, cases }),
      ]);
    },
  };
};
