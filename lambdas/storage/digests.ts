import * as z from 'zod/mini';
import type { CaseNumber, EpochMs, OwnerId } from '../domain/case.ts';
import { type DigestMark, shardOf, staleMs } from '../domain/digest.ts';
import { epochSeconds } from './dynamodb.ts';
import { queryAll, type Table } from './query.ts';
import { transact, type Write } from './transaction.ts';

/** A digest this sender alone may send now. */
export interface Claim {
  readonly owner: OwnerId;
  /** When it was claimed; tells this claim from a later one. */
  readonly claimedAt: EpochMs;
  /** The hour it belongs to, ISO 8601. */
  readonly hour: string;
  /** Cases it tells of, one at least. */
  readonly cases: readonly CaseNumber[];
  /** An earlier sending left no answer: the person may get this twice. */
  readonly again: boolean;
}

/** Who waits to be told, and what was sent when. Nothing in here names a person or what happened. */
export interface Digests {
  /** Everybody of a shard who waits, and whose sending may have been left by a crash. */
  waiting(shard: string): Promise<readonly DigestMark[]>;
  /**
   * Waiting → sending. Undefined when somebody else has it, or the person had a digest in this hour's run already.
   * The mark is as `waiting` read it; what happened since is part of the next digest.
   */
  claim(mark: DigestMark, hour: string, now: EpochMs): Promise<Claim | undefined>;
  /** Sent, or nothing left to tell: gone, unless more has happened meanwhile, which then waits anew. */
  finish(claim: Claim, outcome: 'sent' | 'nothing'): Promise<void>;
  /** Surely not sent: waits again, and the hour is free for another try. */
  release(claim: Claim): Promise<void>;
}

/** Days it is remembered that a digest was sent. */
const sentDays = 14;
const dayMs = 24 * 60 * 60 * 1000;

const numbers = z.optional(z.instanceof(Set<string>));
const markRow = z.object({
  sk: z.string(),
  state: z.enum(['waiting', 'sending']),
  since: z.number(),
  claimedAt: z.optional(z.number()),
  cases: numbers,
  claimed: numbers,
});

const readMark = (row: unknown): DigestMark => {
  const { sk, state, since, claimedAt, cases, claimed } = markRow.parse(row);
  return {
    owner: sk,
    state,
    since,
    ...(claimedAt !== undefined && { claimedAt }),
    cases: [...(cases ?? [])],
    claimed: [...(claimed ?? [])],
  };
};

const shardKey = (shard: string): string => `SHARD#${shard}`;
const markKey = (owner: OwnerId) => ({ pk: shardKey(shardOf(owner)), sk: owner });
const sentKey = (owner: OwnerId, hour: string) => ({ pk: `SENT#${owner}`, sk: hour });

const names = { '#state': 'state' };
const mine = '#state = :sending AND claimedAt = :claimedAt';
const mineValues = ({ claimedAt }: Claim) => ({ ':sending': 'sending', ':claimedAt': claimedAt });

export const digests = ({ client, table }: Table): Digests => {
  /** What is told of moves aside; what happens from now on gathers beside it. */
  const claimMark = ({ owner, cases }: DigestMark, now: EpochMs) => ({
    Update: {
      TableName: table,
      Key: markKey(owner),
      ConditionExpression: '#state = :waiting OR (#state = :sending AND claimedAt <= :stale)',
      UpdateExpression: `SET #state = :sending, claimedAt = :now${
        cases.length > 0 ? ' ADD claimed :cases DELETE cases :cases' : ''
      }`,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: {
        ':waiting': 'waiting',
        ':sending': 'sending',
        ':now': now,
        ':stale': now - staleMs,
        ...(cases.length > 0 && { ':cases': new Set(cases) }),
      },
    },
  });

  /** With what it tells of: whoever carries it knows whose it is and of which hour, and no more. */
  const takeHour = (owner: OwnerId, hour: string, told: readonly CaseNumber[], now: EpochMs) => ({
    Put: {
      TableName: table,
      Item: {
        ...sentKey(owner, hour),
        state: 'sending',
        cases: new Set(told),
        expiresAt: epochSeconds(now + sentDays * dayMs),
      },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  });

  const endHour = ({ owner, hour }: Claim, outcome: 'sent' | 'nothing'): Write =>
    outcome === 'sent'
      ? {
          Update: {
            TableName: table,
            Key: sentKey(owner, hour),
            UpdateExpression: 'SET #state = :sent',
            ExpressionAttributeNames: names,
            ExpressionAttributeValues: { ':sent': 'sent' },
          },
        }
      : { Delete: { TableName: table, Key: sentKey(owner, hour) } };

  const removeMark = (claim: Claim): Write => ({
    Delete: {
      TableName: table,
      Key: markKey(claim.owner),
      ConditionExpression: `${mine} AND attribute_not_exists(cases)`,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: mineValues(claim),
    },
  });

  const waitAnew = (claim: Claim): Write => ({
    Update: {
      TableName: table,
      Key: markKey(claim.owner),
      ConditionExpression: mine,
      UpdateExpression: 'SET #state = :waiting, since = changedAt REMOVE claimed, claimedAt',
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ...mineValues(claim), ':waiting': 'waiting' },
    },
  });

  const putBack = (claim: Claim): Write => ({
    Update: {
      TableName: table,
      Key: markKey(claim.owner),
      ConditionExpression: mine,
      UpdateExpression: 'SET #state = :waiting REMOVE claimed, claimedAt ADD cases :cases',
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: {
        ...mineValues(claim),
        ':waiting': 'waiting',
        ':cases': new Set(claim.cases),
      },
    },
  });

  /**
   * The hour and the mark in one: written down by halves, what was sent would be sent again. False when the mark is
   * not as the write demands; one who comes too late finds the claim no longer theirs, and nothing is left to do.
   */
  const settle = async (claim: Claim, outcome: 'sent' | 'nothing', mark: Write): Promise<boolean> =>
    (await transact(client, [endHour(claim, outcome), mark])) === undefined;

  return {
    waiting: async shard => {
      const rows = await queryAll(
        { client, table },
        {
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': shardKey(shard) },
          ConsistentRead: true,
        },
      );
      return rows.map(readMark);
    },
    claim: async (mark, hour, now) => {
      const { owner, state, cases, claimed } = mark;
      const told = [...new Set([...cases, ...claimed])];
      if (told.length === 0) return undefined;
      const outcome = await transact(client, [claimMark(mark, now), takeHour(owner, hour, told, now)]);
      if (outcome) return undefined;
      return { owner, claimedAt: now, hour, cases: told, again: state === 'sending' };
    },
    finish: async (claim, outcome) => {
      if (!(await settle(claim, outcome, removeMark(claim)))) await settle(claim, outcome, waitAnew(claim));
    },
    release: async claim => {
      await settle(claim, 'nothing', putBack(claim));
    },
  };
};
