import { setTimeout as sleep } from 'node:timers/promises';
import { TransactionCanceledException, TransactionInProgressException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { refuse } from '../domain/refusal.ts';

export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** Why one write of a transaction stopped it: its condition did not hold. */
export interface Failed {
  /** What was found instead, where the write asked for `ALL_OLD`; undefined when there was nothing. */
  readonly found?: Readonly<Record<string, unknown>>;
}

/** One entry a write, in their order; undefined for the writes that would have gone through. */
export type Outcome = readonly (Failed | undefined)[];

const attempts = 10;

/** Milliseconds, at random up to a bound that doubles: whoever collided must not collide again in step. */
const backOff = (attempt: number): Promise<void> => sleep(Math.random() * Math.min(800, 20 * 2 ** attempt));

const failuresOf = ({ CancellationReasons: reasons = [] }: TransactionCanceledException): Outcome =>
  reasons.map(({ Code, Item }) =>
    Code === 'ConditionalCheckFailed' ? (Item ? { found: unmarshall(Item) } : {}) : undefined,
  );

/** Reasons that say nothing about the rows: somebody else was writing them, or the table was busy. */
const passing = new Set(['None', 'TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

const passes = (error: unknown): boolean =>
  error instanceof TransactionInProgressException ||
  (error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).every(({ Code = 'None' }) => passing.has(Code)));

/**
 * All of the writes or none. Undefined when they were done, else which conditions failed.
 * A conflict with another transaction is tried again; refuses `unavailable` when that does not help.
 */
export const transact = async (
  client: Pick<DynamoDBDocumentClient, 'send'>,
  writes: readonly Write[],
  pause = backOff,
): Promise<Outcome | undefined> => {
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      await client.send(new TransactWriteCommand({ TransactItems: [...writes] }));
      return undefined;
    } catch (error) {
      if (!passes(error)) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        const failures = failuresOf(error);
        if (!failures.some(failed => failed !== undefined)) throw error;
        return failures;
      }
      await pause(attempt);
    }
  }
  return refuse({ kind: 'unavailable' });
};
