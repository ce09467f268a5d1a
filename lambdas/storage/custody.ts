import { DeleteCommand, GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { EpochMs } from '../domain/case.ts';
import type { Custody } from '../domain/custody.ts';
import {
  abandoning,
  dueMark,
  type FileName,
  type FileRecord,
  fileKey,
  readFile,
  readFileName,
} from './attachment-rows.ts';
import { writeUnlessChanged } from './dynamodb.ts';
import type { Table } from './query.ts';

/** Name of the index of rows that wait to be looked after. */
export const byDue = 'ByDue';

/** What becomes of a file after it has arrived. Every step may be taken again: events come twice, and crashes in between. */
export interface CustodyBook {
  find(file: FileName): Promise<FileRecord | undefined>;
  /**
   * Writes the verdict down: what was checked stays so unless something bad is found later, what was refused stays so.
   * Answers the file as it is then, undefined where there is none.
   */
  judge(file: FileName, verdict: Custody): Promise<FileRecord | undefined>;
  /** The department fetches it: false where it is not clean. */
  receive(file: FileName, now: EpochMs): Promise<boolean>;
  /** Whoever must look after it, from then on. Undefined: nobody any more. */
  due(file: FileName, at: EpochMs | undefined): Promise<void>;
  /** Counts one more scan that was asked for, and one more scanner that could not read it. */
  count(file: FileName, what: 'tries' | 'unreadable'): Promise<FileRecord | undefined>;
  /** Those that are due, the longest waiting first, at most `limit`. */
  waiting(now: EpochMs, limit: number): Promise<readonly FileName[]>;
  /** Gives up a file that was not handed over with a case; false where it was, or where there is none. */
  abandon(file: FileName): Promise<boolean>;
  /** Its bytes are gone, and so is its row. */
  forget(file: FileName): Promise<void>;
}

export const custodyBook = ({ client, table }: Table): CustodyBook => {
  const find = async (file: FileName): Promise<FileRecord | undefined> => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: fileKey(file), ConsistentRead: true }),
    );
    return Item && readFile(Item);
  };

  const update = (
    file: FileName,
    UpdateExpression: string,
    values: Record<string, unknown>,
    names: Record<string, string> = {},
    condition = 'attribute_exists(pk)',
  ): Promise<boolean> =>
    writeUnlessChanged(() =>
      client.send(
        new UpdateCommand({
          TableName: table,
          Key: fileKey(file),
          UpdateExpression,
          ConditionExpression: condition,
          ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
          ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
        }),
      ),
    );

  return {
    find,
    judge: async (file, { state, why }) => {
      await update(
        file,
        `SET #state = :state${why ? ', why = :why' : ''}`,
        {
          ':state': state,
          ':before': state === 'refused' ? 'refused' : 'uploaded',
          ...(why && { ':why': why }),
        },
        { '#state': 'state' },
        `attribute_exists(pk) AND #state ${state === 'refused' ? '<>' : '='} :before`,
      );
      return find(file);
    },
    receive: (file, now) =>
      update(
        file,
        'SET #state = :received, receivedAt = if_not_exists(receivedAt, :now)',
        { ':received': 'received', ':now': now, ':checked': 'checked' },
        { '#state': 'state' },
        '#state IN (:checked, :received)',
      ),
    due: async (file, at) => {
      if (at === undefined) await update(file, 'REMOVE due, dueAt', {});
      else await update(file, 'SET due = :due, dueAt = :at', { ':due': dueMark, ':at': at });
    },
    count: async (file, what) => {
      await update(file, 'ADD #what :one', { ':one': 1 }, { '#what': what });
      return find(file);
    },
    waiting: async (now, limit) => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: byDue,
          KeyConditionExpression: 'due = :due AND dueAt <= :now',
          ExpressionAttributeValues: { ':due': dueMark, ':now': now },
          Limit: limit,
        }),
      );
      return Items.map(readFileName);
    },
    abandon: file =>
      writeUnlessChanged(() =>
        client.send(new UpdateCommand({ TableName: table, Key: fileKey(file), ...abandoning })),
      ),
    forget: async file => {
      await client.send(new DeleteCommand({ TableName: table, Key: fileKey(file) }));
    },
  };
};
