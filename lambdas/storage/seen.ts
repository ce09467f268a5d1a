import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { CaseHeader, CaseNumber, EpochMs, OwnerId, PersonId } from '../domain/case.ts';
import { type Reason, refuse } from '../domain/refusal.ts';
import { caseKey, eventSort, headerKey, readEventRow, readHeader } from './case-rows.ts';
import { type FailedCondition, whenConditionFails } from './dynamodb.ts';
import { queryAll, type Row, type Table } from './query.ts';

/** Who looks: in an organisation's folder each person sees for themselves. */
export interface Viewer {
  readonly owner: OwnerId;
  readonly person: PersonId;
}

/** What somebody has seen of a case: the yellow *Uusi* goes, and comes back with what happens later (R7.4). */
export interface Seen {
  /** `revision` is what was on the screen. Refuses `not-found`, and `precondition-failed` for a revision yet to come. */
  mark(viewer: Viewer, caseNumber: CaseNumber, revision: number): Promise<void>;
  /** When a person saw an organisation's cases last, by case; empty in one's own folder, where the headers say it. */
  marks(viewer: Viewer): Promise<ReadonlyMap<CaseNumber, EpochMs>>;
}

const seenKey = ({ owner, person }: Viewer): string => `SEEN#${owner}#${person}`;
const seenRow = z.object({ sk: z.string(), seenAt: z.number() });

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
  const markNewest = (owner: OwnerId, caseNumber: CaseNumber, revision: number) =>
    write(
      new UpdateCommand({
        TableName: table,
        Key: headerKey(owner, caseNumber),
        UpdateExpression: 'SET seenAt = updatedAt',
        ConditionExpression: 'revision = :revision AND (attribute_not_exists(seenAt) OR seenAt < updatedAt)',
        ExpressionAttributeValues: { ':revision': revision },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );

  const forward = 'attribute_not_exists(seenAt) OR seenAt < :at';

  const markOwn = async (owner: OwnerId, caseNumber: CaseNumber, revision: number): Promise<void> => {
    const row = await markNewest(owner, caseNumber, revision);
    if (row === undefined) return;
    if (row.pk === undefined) return refuse({ kind: 'not-found' });
    const header = readHeader(row);
    if (revision === header.revision) return;
    await write(
      new UpdateCommand({
        TableName: table,
        Key: headerKey(owner, caseNumber),
        UpdateExpression: 'SET seenAt = :at',
        ConditionExpression: `attribute_exists(pk) AND (${forward})`,
        ExpressionAttributeValues: { ':at': await timeOf(header, revision) },
      }),
    );
  };

  const markForPerson = async (viewer: Viewer, caseNumber: CaseNumber, revision: number): Promise<void> => {
    const Key = headerKey(viewer.owner, caseNumber);
    const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    if (!Item) return refuse({ kind: 'not-found' });
    const seenAt = await timeOf(readHeader(Item), revision);
    await write(
      new PutCommand({
        TableName: table,
        Item: { pk: seenKey(viewer), sk: caseNumber, seenAt },
        ConditionExpression: forward,
        ExpressionAttributeValues: { ':at': seenAt },
      }),
    );
  };

  const isOwn = ({ owner, person }: Viewer): boolean => owner === person;

  return {
    mark: (viewer, caseNumber, revision) =>
      isOwn(viewer)
        ? markOwn(viewer.owner, caseNumber, revision)
        : markForPerson(viewer, caseNumber, revision),
    marks: async viewer => {
      if (isOwn(viewer)) return new Map();
      const rows = await queryAll(
        { client, table },
        {
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': seenKey(viewer) },
          ConsistentRead: true,
        },
      );
      return new Map(rows.map(row => seenRow.parse(row)).map(({ sk, seenAt }) => [sk, seenAt]));
    },
  };
};
