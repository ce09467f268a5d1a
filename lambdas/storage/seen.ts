import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { CaseHeader, CaseNumber, EpochMs, OwnerId, PersonId } from '../domain/case.ts';
import { type Reason, refuse } from '../domain/refusal.ts';
import { caseKey, eventSort, headerKey, openingSort } from './case-keys.ts';
import { readEventRow, sequenceOf } from './case-rows.ts';
import { queryEvents } from './cases.ts';
import { type FailedCondition, type Row, whenConditionFails } from './dynamodb.ts';
import { readHeader } from './header-rows.ts';
import { queryAll, type Table } from './query.ts';

/** Who looks: in an organisation's folder each person sees for themselves. */
export interface Viewer {
  readonly owner: OwnerId;
  readonly person: PersonId;
}

/** What somebody has seen of a case: the yellow *Uusi* goes, and comes back with what happens later (R7.4). */
export interface Seen {
  /**
   * `revision` is what was on the screen at `now`: the department's read receipt. Refuses `not-found`, and
   * `precondition-failed` for a revision yet to come.
   */
  mark(viewer: Viewer, caseNumber: CaseNumber, revision: number, now: EpochMs): Promise<void>;
  /**
   * What a person has seen of an organisation's cases, `among` these where they are named; empty in one's own folder,
   * where the headers say it.
   */
  marks(viewer: Viewer, among?: readonly CaseNumber[]): Promise<ReadonlyMap<CaseNumber, SeenMark>>;
}

export interface SeenMark {
  readonly seenAt: EpochMs;
  /** How many of the officials' messages. */
  readonly letters: number;
}

const seenKey = ({ owner, person }: Viewer): string => `SEEN#${owner}#${person}`;
const seenRow = z.object({ sk: z.string(), seenAt: z.number(), msgs: z._default(z.number(), 0) });

export const seen = ({ client, table }: Table): Seen => {
  /** Moves a mark forward only: two windows may report in any order. Undefined when it was written, else what stood there. */
  const write = async (command: PutCommand | UpdateCommand): Promise<Row | undefined> => {
    let found: Row | undefined;
    const noted = ({ row = {} }: FailedCondition): Reason => {
      found = row;
      return { kind: 'conflict' };
    };
    try {
      await whenConditionFails(() => client.send(command as UpdateCommand), noted);
      return undefined;
    } catch (error) {
      if (found) return found;
      throw error;
    }
  };

  /** Officials' messages that came after what was on the screen. */
  const lettersAfter = async ({ owner, caseNumber }: CaseHeader, revision: number): Promise<number> => {
    const rows = await queryEvents({ client, table }, owner, caseNumber);
    return rows.filter(
      row => row.type === 'message' && row.client !== undefined && sequenceOf(row) > revision,
    ).length;
  };

  /** The first opening counts: one that is there stays. */
  const noteOpening = ({ owner, caseNumber }: CaseHeader, to: EpochMs, at: EpochMs) =>
    write(
      new PutCommand({
        TableName: table,
        Item: { pk: caseKey(owner, caseNumber), sk: openingSort(to), at },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );

  /** Times of events grow within a case, so the time of the event that was seen last says all. */
  const timeOf = async (header: CaseHeader, revision: number): Promise<EpochMs> => {
    if (revision === header.revision) return header.updatedAt;
    if (revision > header.revision) return refuse({ kind: 'precondition-failed' });
    const { owner, caseNumber } = header;
    const Key = { pk: caseKey(owner, caseNumber), sk: eventSort(revision) };
    const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    return Item ? readEventRow(Item).at : refuse({ kind: 'precondition-failed' });
  };

  /** The usual case costs one write and no read: nothing has happened since the screen was filled. */
  const markNewest = (owner: OwnerId, caseNumber: CaseNumber, revision: number, now: EpochMs) =>
    write(
      new UpdateCommand({
        TableName: table,
        Key: headerKey(owner, caseNumber),
        UpdateExpression: 'SET seenAt = updatedAt, openAt = :now REMOVE msgs',
        ConditionExpression: 'revision = :revision AND (attribute_not_exists(seenAt) OR seenAt < updatedAt)',
        ExpressionAttributeValues: { ':revision': revision, ':now': now },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );

  const forward = 'attribute_not_exists(seenAt) OR seenAt < :at';

  /** Something happened meanwhile. What was opened is written down by itself: the next opening takes its place in the header. */
  const markEarlier = async (header: CaseHeader, revision: number, now: EpochMs): Promise<void> => {
    const at = await timeOf(header, revision);
    const left = await lettersAfter(header, revision);
    await noteOpening(header, at, now);
    await write(
      new UpdateCommand({
        TableName: table,
        Key: headerKey(header.owner, header.caseNumber),
        UpdateExpression: 'SET seenAt = :at, openAt = :now, msgs = :left',
        ConditionExpression: `revision = :newest AND (${forward})`,
        ExpressionAttributeValues: { ':at': at, ':now': now, ':left': left, ':newest': header.revision },
      }),
    );
  };

  const markOwn = async (
    owner: OwnerId,
    caseNumber: CaseNumber,
    revision: number,
    now: EpochMs,
  ): Promise<void> => {
    const row = await markNewest(owner, caseNumber, revision, now);
    if (row === undefined) return;
    if (row.pk === undefined) return refuse({ kind: 'not-found' });
    const header = readHeader(row);
    if (revision !== header.revision) await markEarlier(header, revision, now);
  };

  const markForPerson = async (
    viewer: Viewer,
    caseNumber: CaseNumber,
    revision: number,
    now: EpochMs,
  ): Promise<void> => {
    const Key = headerKey(viewer.owner, caseNumber);
    const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    if (!Item) return refuse({ kind: 'not-found' });
    const header = readHeader(Item);
    const seenAt = await timeOf(header, revision);
    const later = revision === header.revision ? 0 : await lettersAfter(header, revision);
    const msgs = (header.letters ?? 0) - later;
    await noteOpening(header, seenAt, now);
    await write(
      new PutCommand({
        TableName: table,
        Item: { pk: seenKey(viewer), sk: caseNumber, seenAt, ...(msgs > 0 && { msgs }) },
        ConditionExpression: forward,
        ExpressionAttributeValues: { ':at': seenAt },
      }),
    );
  };

  const isOwn = ({ owner, person }: Viewer): boolean => owner === person;

  return {
    mark: (viewer, caseNumber, revision, now) =>
      isOwn(viewer)
        ? markOwn(viewer.owner, caseNumber, revision, now)
        : markForPerson(viewer, caseNumber, revision, now),
    marks: async (viewer, among) => {
      if (isOwn(viewer) || among?.length === 0) return new Map();
      const numbers = among?.toSorted();
      const rows = await queryAll(
        { client, table },
        {
          KeyConditionExpression: numbers ? 'pk = :pk AND sk BETWEEN :first AND :last' : 'pk = :pk',
          ExpressionAttributeValues: {
            ':pk': seenKey(viewer),
            ...(numbers && { ':first': numbers[0], ':last': numbers.at(-1) }),
          },
          ConsistentRead: true,
        },
      );
      return new Map(
        rows.map(row => seenRow.parse(row)).map(({ sk, seenAt, msgs }) => [sk, { seenAt, letters: msgs }]),
      );
    },
  };
};
