import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type {
  AmendedContent,
  Case,
  CaseEvent,
  CaseNumber,
  EpochMs,
  OwnerId,
  PersonId,
} from '../domain/case.ts';
import { type Opening, readAt } from '../domain/folder.ts';
import type { Notice } from '../domain/notice.ts';
import { openAmended } from './amendments.ts';
import {
  amendedPrefix,
  caseKey,
  contentSort,
  eventPrefix,
  eventSort,
  headerKey,
  headersIn,
  noticePrefix,
  openingPrefix,
  replyPrefix,
} from './case-keys.ts';
import { readNotice } from './case-notices.ts';
import {
  type ContentPlace,
  type EventRow,
  openContent,
  openEvent,
  readEventRow,
  readOpening,
} from './case-rows.ts';
import type { Row } from './dynamodb.ts';
import { type FolderHeader, readHeader } from './header-rows.ts';
import { queryAll, type Table } from './query.ts';
import { openReplyDraft } from './reply-rows.ts';
import type { Sealer } from './sealing.ts';

export interface OpenedCase extends Case {
  readonly header: FolderHeader;
  readonly content: Case['content'] & ContentPlace;
  /** What it says now: as it was sent, or as its sender has changed it last. */
  readonly current: AmendedContent;
  /** People's answers that are not finished; still sealed. */
  readonly replies: ReadonlyMap<PersonId, Row>;
  /** E-mails and text messages that told of it, oldest first. */
  readonly notices: readonly Notice[];
}

/** Sent cases, read by whose folder they are in. What must hold at once after sending is read consistently. */
export interface Cases {
  /** The whole folder, in the order it was sent; its pages are `storage/folder.ts`'s. */
  all(owner: OwnerId): Promise<readonly FolderHeader[]>;
  header(owner: OwnerId, caseNumber: CaseNumber): Promise<FolderHeader | undefined>;
  /** The case with all that was sent and said, of one revision. */
  open(owner: OwnerId, caseNumber: CaseNumber): Promise<OpenedCase | undefined>;
  /** Somebody's answer that is not finished. */
  unfinishedReply(opened: OpenedCase, person: PersonId, now: EpochMs): Promise<string | undefined>;
}

/** Who needs only headers needs no sealer: what a case contains is out of the folder's reach. */
export type FolderReading = Pick<Cases, 'all' | 'header'>;

export const folderReading = ({ client, table }: Table): FolderReading => ({
  all: async owner => (await queryAll({ client, table }, folderOf(owner))).map(readHeader),
  header: async (owner, caseNumber) => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: headerKey(owner, caseNumber), ConsistentRead: true }),
    );
    return Item && readHeader(Item);
  },
});

const folderOf = (owner: OwnerId) => ({
  ...headersIn(owner),
  ConsistentRead: true,
});

/** Content, unfinished answers, openings and events; not the remembered keys, which sort after them. */
const inside = (table: Table, owner: OwnerId, caseNumber: CaseNumber, consistently: boolean) =>
  queryAll(table, {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :content AND :lastEvent',
    ExpressionAttributeValues: {
      ':pk': caseKey(owner, caseNumber),
      ':content': contentSort,
      ':lastEvent': eventSort(999_999),
    },
    ConsistentRead: consistently,
  });

/** The rows whose sort key begins like that, of one case's. */
const beginning = (rows: readonly Row[], start: string): readonly Row[] =>
  rows.filter(({ sk }) => String(sk).startsWith(start));

const eventsOf = (rows: readonly Row[]): readonly EventRow[] =>
  beginning(rows, eventPrefix).map(readEventRow);

/** When the case was opened, and how far: as the header says of the last time, as each event took it along, and as rows of its own say. */
const openingsOf = (
  { seenAt: to, openedAt: at }: FolderHeader,
  rows: readonly Row[],
  events: readonly EventRow[],
): readonly Opening[] => [
  ...(to !== undefined && at !== undefined ? [{ to, at }] : []),
  ...events.flatMap(({ opened }) => opened ?? []),
  ...beginning(rows, openingPrefix).map(readOpening),
];

const withReceipt = (event: CaseEvent, openings: readonly Opening[]): CaseEvent => {
  const at = readAt(event, openings);
  return at === undefined ? event : { ...event, readAt: at };
};

export const cases = ({ client, table, sealer }: Table & { readonly sealer: Sealer }): Cases => {
  const { all, header } = folderReading({ client, table });

  /**
   * Read at half the price first. The header is read consistently and says how many events there are, so rows
   * that lag behind it are noticed and read again.
   */
  const rowsOf = async ({ owner, caseNumber, revision }: FolderHeader): Promise<readonly Row[]> => {
    const rows = await inside({ client, table }, owner, caseNumber, false);
    return beginning(rows, eventPrefix).length >= revision
      ? rows
      : inside({ client, table }, owner, caseNumber, true);
  };

  const open = async (owner: OwnerId, caseNumber: CaseNumber): Promise<OpenedCase | undefined> => {
    const found = await header(owner, caseNumber);
    if (!found) return undefined;
    const rows = await rowsOf(found);
    const events = eventsOf(rows).slice(0, found.revision);
    const openings = openingsOf(found, rows, events);
    const content = await openContent(sealer, owner, caseNumber, rows[0]);
    const amended = beginning(rows, amendedPrefix).at(-1);
    return {
      header: found,
      content,
      current: amended
        ? await openAmended(sealer, owner, caseNumber, amended)
        : { ...content, formVersion: found.formVersion },
      replies: new Map(
        beginning(rows, replyPrefix).map(row => [String(row.sk).slice(replyPrefix.length), row]),
      ),
      notices: beginning(rows, noticePrefix)
        .map(readNotice)
        .toSorted((one, other) => one.at - other.at),
      events: await Promise.all(
        events.map(async row => withReceipt(await openEvent(sealer, owner, caseNumber, row), openings)),
      ),
    };
  };

  const unfinishedReply: Cases['unfinishedReply'] = async ({ header, replies }, person, now) => {
    const row = replies.get(person);
    const { owner, caseNumber } = header;
    return row && (await openReplyDraft(sealer, owner, caseNumber, row, now))?.text;
  };

  return { all, header, open, unfinishedReply };
};

/** A case's events in their order, read consistently; nothing of them is unsealed. */
export const queryEvents = async (
  table: Table,
  owner: OwnerId,
  caseNumber: CaseNumber,
): Promise<readonly EventRow[]> => {
  const rows = await queryAll(table, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :events)',
    ExpressionAttributeValues: { ':pk': caseKey(owner, caseNumber), ':events': eventPrefix },
    ConsistentRead: true,
  });
  return rows.map(readEventRow);
};
