import * as z from 'zod/mini';
import type { EpochMs, OwnerId } from '../domain/case.ts';

/** What takes a draft's place when it is sent, in the Drafts table. */
export const receiptRow = z.object({
  caseNumber: z.string(),
  stored: z.boolean(),
  place: z.optional(z.object({ rank: z.number(), places: z.number() })),
  /** The digest: of few possible answers it would tell which, so nobody may read it. */
  sealed: z.instanceof(Uint8Array),
  /** Epoch seconds. */
  expiresAt: z.number(),
});

export const receiptContext = ({
  owner,
  draft,
}: {
  readonly owner: OwnerId;
  readonly draft: string;
}): string => `receipt|${owner}|${draft}`;

const facts = z.object({
  service: z.string(),
  form: z.string(),
  formVersion: z.string(),
  submittedAt: z.number(),
  contentSha256: z.string(),
});

/** For the receipt of what is never stored (R6.7): that it was sent, and not a word of it. */
export interface SentFacts {
  readonly service: string;
  readonly form: string;
  readonly formVersion: string;
  readonly submittedAt: EpochMs;
  /** Hex; the content has a salt that only its department is given. */
  readonly contentSha256: string;
}

export interface SealedReceipt {
  readonly digest: string;
  readonly facts?: SentFacts | undefined;
}

const sealed = z.object({ digest: z.string(), facts: z.optional(facts) });

/** A row older than receipts holds the digest alone. */
export const readSealed = (text: string): SealedReceipt =>
  text.startsWith('{') ? sealed.parse(JSON.parse(text)) : { digest: text };
