import * as z from 'zod/mini';
import type { CaseNumber, EpochMs, OwnerId, PersonId } from '../domain/case.ts';
import { caseKey, replyPrefix, replySort } from './case-keys.ts';
import { epochSeconds } from './dynamodb.ts';
import type { Sealer } from './sealing.ts';

/** Whose answer, to which case. */
export interface ReplyName {
  readonly owner: OwnerId;
  readonly person: PersonId;
  readonly caseNumber: CaseNumber;
}

/** An answer that is not finished. */
export interface ReplyDraft {
  readonly text: string;
  readonly savedAt: EpochMs;
}

export const replyKey = ({ owner, person, caseNumber }: ReplyName) => ({
  pk: caseKey(owner, caseNumber),
  sk: replySort(person),
});
const contextOf = ({ owner, person, caseNumber }: ReplyName): string =>
  `reply|${owner}|${caseNumber}|${person}`;

export const writeReplyDraft = async (
  sealer: Sealer,
  name: ReplyName,
  { text, savedAt }: ReplyDraft,
): Promise<Record<string, unknown>> => ({
  ...replyKey(name),
  savedAt,
  sealed: await sealer.seal(text, contextOf(name)),
});

const replyRow = z.object({
  sk: z.string(),
  savedAt: z.number(),
  /** Epoch seconds. */
  expiresAt: z.number(),
  sealed: z.instanceof(Uint8Array),
});

/** Undefined for one whose time is over: DynamoDB removes rows days late. */
export const openReplyDraft = async (
  sealer: Sealer,
  owner: OwnerId,
  caseNumber: CaseNumber,
  row: unknown,
  now: EpochMs,
): Promise<ReplyDraft | undefined> => {
  const { sk, savedAt, expiresAt, sealed } = replyRow.parse(row);
  if (expiresAt <= epochSeconds(now)) return undefined;
  const person = sk.slice(replyPrefix.length);
  return { savedAt, text: await sealer.open(sealed, contextOf({ owner, person, caseNumber })) };
};
