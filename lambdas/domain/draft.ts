import * as z from 'zod/mini';
import type { EpochMs } from './case.ts';
import { languages } from './language.ts';

/** Days a draft is kept after it was last saved. */
export const draftDays = 90;
/** Bytes of answers as JSON: what one DynamoDB item (400 kB) holds with everything beside them. */
export const answersLimitBytes = 300_000;
export const attachmentLimit = 50;
/** Bytes. */
export const attachmentLimitBytes = 20_000_000;
/** No form nests deeper; deeper JSON is made to exhaust whoever walks it. */
const deepest = 20;

const dayMs = 24 * 60 * 60 * 1000;

export const draftExpiry = (savedAt: EpochMs): EpochMs => savedAt + draftDays * dayMs;

const isFlatEnough = (value: unknown, left = deepest): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (left > 0 && Object.values(value).every(inner => isFlatEnough(inner, left - 1)));

const bytesOf = (answers: unknown): number => Buffer.byteLength(JSON.stringify(answers));

/** Chosen by whoever begins the draft: random, url-safe. */
export const draftId = z.string().check(z.regex(/^[A-Za-z0-9_-]{8,64}$/));

const formId = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/));
const formVersion = z.string().check(z.regex(/^[0-9a-f]{12}$/));

const answers = z.record(z.string(), z.unknown()).check(
  z.refine(value => isFlatEnough(value), { error: 'too-deep', abort: true }),
  z.refine(value => bytesOf(value) <= answersLimitBytes, { error: 'too-large' }),
);

export const submissionRequest = z.object({
  form: formId,
  formVersion,
  language: z.enum(languages),
  answers,
});

export const draftRequest = z.extend(submissionRequest, {
  page: z.int().check(z.gte(0), z.lte(200)),
});

/** What people photograph, scan and write. Nothing that runs. */
export const attachmentTypes = [
  'application/pdf',
  'application/msword',
  'application/rtf',
  'application/vnd.ms-excel',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'image/gif',
  'image/heic',
  'image/jpeg',
  'image/png',
  'image/tiff',
  'text/csv',
  'text/plain',
] as const;

/** Control characters, path separators and the marks that turn writing round (`gpj.exe` shown as `exe.jpg`). */
const unfitForName = /[\p{Cc}\p{Zl}\p{Zp}/\\\u202a-\u202e\u2066-\u2069]/u;

export const attachmentRequest = z.object({
  name: z.string().check(
    z.trim(),
    z.minLength(1),
    z.maxLength(200),
    z.refine(name => !unfitForName.test(name)),
  ),
  size: z.int().check(z.gte(1), z.lte(attachmentLimitBytes)),
  type: z.enum(attachmentTypes),
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  field: z.string().check(z.regex(/^(\/[^/]{1,100}){1,10}$/)),
});
