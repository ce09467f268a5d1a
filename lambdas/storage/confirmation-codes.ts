import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { EpochMs, OwnerId } from '../domain/case.ts';
import { type Address, codeMinutes, codesPerDay, codesPerHour, codeTries } from '../domain/contact-change.ts';
import { epochSeconds, whenConditionFails, writeUnlessChanged } from './dynamodb.ts';
import type { Table } from './query.ts';
import type { Sealer } from './sealing.ts';

/** How a code that came back compares; `triesLeft` with this code. */
export type Checked =
  | { readonly is: 'right' }
  | { readonly is: 'wrong'; readonly triesLeft: number }
  /** None was sent, it is too old, it was for another address, or it was tried too often. */
  | { readonly is: 'expired' };

/** Codes that confirm an address (R4.3). Kept as hashes, sealed, beside the sessions: short-lived and never backed up. */
export interface ConfirmationCodes {
  /**
   * A new code for this address in place of an earlier one of its field. Refuses `too-many-codes`, whichever folders the
   * person asks from: they are counted by the key the human being is found by (`identity-keys.ts`).
   */
  issue(owner: OwnerId, personKey: string, address: Address, now: EpochMs): Promise<string>;
  /** Every call is a try, counted before the code is looked at: guesses that come at once count too. */
  check(owner: OwnerId, address: Address, code: string, now: EpochMs): Promise<Checked>;
}

/** Six digits, every one of them as likely as any other. */
export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0');

const hourMs = 60 * 60 * 1000;
/** How many may be sent in how long. */
const limits = [
  { limit: codesPerHour, ms: hourMs, name: 'HOUR' },
  { limit: codesPerDay, ms: 24 * hourMs, name: 'DAY' },
] as const;
const pk = (owner: OwnerId): string => `CODE#${owner}`;
/** Outlives a deletion by its day or two: else one that is followed by a registration would begin the count anew. */
const sentPk = (personKey: string): string =>
  `CODES-SENT#${createHash('sha256').update(personKey).digest('hex')}`;
const context = (owner: OwnerId, { field }: Address): string => `code|${owner}|${field}`;

/** Bound to its address: a code does not confirm what was typed after it was sent. */
const hashOf = ({ field, address }: Address, salt: string, code: string): Buffer =>
  createHash('sha256').update(`${salt}|${field}|${code}|${address}`).digest();

const row = z.object({ sealed: z.instanceof(Uint8Array), triesLeft: z.number() });
const secret = z.object({ salt: z.string(), hash: z.string() });

export const confirmationCodes = ({
  client,
  table: TableName,
  sealer,
}: Table & { readonly sealer: Sealer }): ConfirmationCodes => {
  const count = (
    personKey: string,
    { field }: Address,
    now: EpochMs,
    { limit, ms, name }: (typeof limits)[number],
  ) =>
    whenConditionFails(
      () =>
        client.send(
          new UpdateCommand({
            TableName,
            Key: { pk: sentPk(personKey), sk: `${name}#${field}#${Math.floor(now / ms)}` },
            UpdateExpression: 'SET expiresAt = :end ADD sent :one',
            ConditionExpression: 'attribute_not_exists(sent) OR sent < :limit',
            ExpressionAttributeValues: { ':one': 1, ':limit': limit, ':end': epochSeconds(now + 2 * ms) },
          }),
        ),
      () => ({ kind: 'too-many-codes' }),
    );

  return {
    issue: async (owner, personKey, address, now) => {
      for (const each of limits) await count(personKey, address, now, each);
      const [code, salt] = [newCode(), randomBytes(16).toString('base64url')];
      const hash = hashOf(address, salt, code).toString('base64url');
      const until = now + codeMinutes * 60_000;
      const sealed = await sealer.seal(JSON.stringify({ salt, hash }), context(owner, address));
      const Item = { pk: pk(owner), sk: `FIELD#${address.field}`, sealed, triesLeft: codeTries, until };
      // The newest code is the one that counts, whatever was there.
      await client.send(new PutCommand({ TableName, Item: { ...Item, expiresAt: epochSeconds(until) } }));
      return code;
    },
    check: async (owner, address, code, now) => {
      let found: z.infer<typeof row> | undefined;
      const isTry = await writeUnlessChanged(async () => {
        const { Attributes } = await client.send(
          new UpdateCommand({
            TableName,
            Key: { pk: pk(owner), sk: `FIELD#${address.field}` },
            UpdateExpression: 'SET triesLeft = triesLeft - :one',
            ConditionExpression: 'triesLeft > :none AND #until > :now',
            ExpressionAttributeNames: { '#until': 'until' },
            ExpressionAttributeValues: { ':one': 1, ':none': 0, ':now': now },
            ReturnValues: 'ALL_NEW',
          }),
        );
        found = row.parse(Attributes);
      });
      if (!isTry || !found) return { is: 'expired' };
      const { salt, hash } = secret.parse(
        JSON.parse(await sealer.open(found.sealed, context(owner, address))),
      );
      const isRight = timingSafeEqual(hashOf(address, salt, code), Buffer.from(hash, 'base64url'));
      return isRight ? { is: 'right' } : { is: 'wrong', triesLeft: found.triesLeft };
    },
  };
};
