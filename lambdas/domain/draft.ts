import * as z from 'zod/mini';
import type { EpochMs } from './case.ts';
import { isTooDeep } from './forms/depth.ts';
import { type Language, languages } from './language.ts';

/** What is known of a draft without opening it. */
export interface DraftHeader {
  readonly id: string;
  readonly service: string;
  readonly form: string;
  readonly formVersion: string;
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
  readonly expiresAt: EpochMs;
  readonly revision: number;
}

/** What a person has filled in so far; personal. */
export interface DraftContent {
  readonly language: Language;
  /** Index of the page the person was on, from 0; their number where the answers were being checked. */
  readonly page: number;
  /** JSON pointer of the field they were at. */
  readonly field?: string | undefined;
  readonly answers: Readonly<Record<string, unknown>>;
}

/** Which window saves, and its how manieth saving this is: a window may save over what it saved itself, answered or not. */
export interface Saving {
  readonly by: string;
  readonly number: number;
}

/** Days a draft is kept after it was last saved. */
export const draftDays = 90;
/** Drafts one folder may hold. */
export const draftLimit = 100;
/** Days before its removal at which its owner is warned of it. */
export const draftWarningDays = 7;
/** Bytes of answers as JSON: what one DynamoDB item (400 kB) holds with everything beside them. */
export const answersLimitBytes = 300_000;

const dayMs = 24 * 60 * 60 * 1000;

export const draftExpiry = (savedAt: EpochMs): EpochMs => savedAt + draftDays * dayMs;

/** The day (UTC) a moment belongs to, `2026-12-24`: drafts that go on one day are found by it. */
export const expiryDay = (expiresAt: EpochMs): string => new Date(expiresAt).toISOString().slice(0, 10);

/** Days on which drafts go that are to be warned of: what a missed run left is made up for. */
export const daysToWarnOf = (now: EpochMs): readonly string[] =>
  Array.from({ length: draftWarningDays }, (_, day) => expiryDay(now + (day + 1) * dayMs));

const bytesOf = (answers: unknown): number => Buffer.byteLength(JSON.stringify(answers));

/** Chosen by whoever begins the draft: random, url-safe. */
export const draftId = z.string().check(z.regex(/^[A-Za-z0-9_-]{8,64}$/));

/** JSON pointer of a field, whatever the form calls it. */
export const fieldPointer = z.string().check(z.maxLength(2_000), z.regex(/^(\/[^/]*)+$/));

const formId = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/));
const formVersion = z.string().check(z.regex(/^[0-9a-f]{12}$/));

const answers = z.record(z.string(), z.unknown()).check(
  z.refine(value => !isTooDeep(value), { error: 'too-deep', abort: true }),
  z.refine(value => bytesOf(value) <= answersLimitBytes, { error: 'too-large' }),
);

export const submissionRequest = z.object({
  form: formId,
  formVersion,
  language: z.enum(languages),
  answers,
});

export const draftRequest = z.extend(submissionRequest, {
  page: z.int().check(z.gte(0), z.lte(10_000)),
  // Where somebody was is worth less than what they wrote: a place that is none is left out, the answers are kept.
  // Not by `z.catch`, which brings eight kilobytes into every function that takes drafts.
  field: z.optional(
    z.pipe(
      z.unknown(),
      z.transform(field => fieldPointer.safeParse(field).data),
    ),
  ),
  saving: z.optional(
    z.object({
      by: z.string().check(z.regex(/^[A-Za-z0-9_-]{8,40}$/)),
      number: z.int().check(z.gte(1), z.lte(1_000_000_000)),
    }),
  ),
});
