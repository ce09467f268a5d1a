import { setTimeout as pause } from 'node:timers/promises';
import {
  type CancellationReason,
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type Reason, Refusal, refuse } from '../domain/refusal.ts';

/** A row as it lies in a table, still to be parsed. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * The one client; make it once a Lambda instance. Place and credentials come from the environment.
 * DynamoDB answers in milliseconds: what takes seconds is lost and better asked for again.
 */
export const documentClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      maxAttempts: 4,
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_500, throwOnRequestTimeout: true },
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );

export interface FailedCondition {
  /** Which write of the transaction, from 0; 0 for a single one. */
  readonly index: number;
  /** The row that was there, if one was and the write asked: `ReturnValuesOnConditionCheckFailure: 'ALL_OLD'`. */
  readonly row: Row | undefined;
}

type Attributes = CancellationReason['Item'];
const toRow = (item: Attributes): Row | undefined => (item ? unmarshall(item) : undefined);

const failedCondition = (error: unknown): FailedCondition | undefined => {
  if (error instanceof ConditionalCheckFailedException) return { index: 0, row: toRow(error.Item) };
  if (!(error instanceof TransactionCanceledException)) return undefined;
  const index = error.CancellationReasons?.findIndex(({ Code }) => Code === 'ConditionalCheckFailed') ?? -1;
  return index < 0 ? undefined : { index, row: toRow(error.CancellationReasons?.[index]?.Item) };
};

/** Two writes met; nothing was written, and either may simply be tried again. The SDK does not retry these. */
const passing = ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded', 'None'];
const isCollision = (error: unknown): boolean =>
  error instanceof TransactionConflictException ||
  (error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).every(({ Code }) => passing.includes(Code ?? '')));

const attempts = 4;
const pauseMs = (attempt: number): number => 20 * 2 ** attempt * (0.5 + Math.random() / 2);

/**
 * Runs a conditional write (or transaction). A failed condition becomes the refusal `reason` says, here and nowhere
 * else; a collision with another write is tried again a few times and then refused as `conflict`.
 * `send` is called anew each time, so it must write the same thing each time.
 */
export const whenConditionFails = async <Output>(
  send: () => Promise<Output>,
  reason: (failed: FailedCondition) => Reason,
): Promise<Output> => {
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      return await send();
    } catch (error) {
      const failed = failedCondition(error);
      if (failed) throw new Refusal(reason(failed));
      if (!isCollision(error)) throw error;
      await pause(pauseMs(attempt));
    }
  }
  return refuse({ kind: 'conflict' });
};

/** Runs a conditional write that nobody misses when its condition no longer holds. Says whether it was written. */
export const writeUnlessChanged = async (send: () => Promise<unknown>): Promise<boolean> => {
  try {
    await send();
    return true;
  } catch (error) {
    if (failedCondition(error)) return false;
    throw error;
  }
};

/** Removes a row and hands it over: to one asker only, however many ask at once. */
export const takeRow = async (
  client: DynamoDBDocumentClient,
  TableName: string,
  Key: Readonly<Record<string, string>>,
): Promise<Row | undefined> => {
  const take = new DeleteCommand({
    ...{ TableName, Key, ReturnValues: 'ALL_OLD' },
    ConditionExpression: 'attribute_exists(pk)',
  });
  try {
    return (await client.send(take)).Attributes;
  } catch (error) {
    if (failedCondition(error)) return undefined;
    throw error;
  }
};

/** DynamoDB's time to live counts seconds. */
export const epochSeconds = (ms: number): number => Math.ceil(ms / 1000);
