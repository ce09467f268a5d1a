import * as z from 'zod/mini';
import type { EpochMs, OwnerId } from '../domain/case.ts';
import type { DraftContent, DraftHeader, Saving } from '../domain/draft.ts';
import { languages } from '../domain/language.ts';
import type { Sealer } from './sealing.ts';
import type { Receipt } from './sending.ts';
import { receiptRow } from './sending-rows.ts';

/** Which draft of whose. The owner is in the key, so another person's draft cannot be asked for. */
export interface DraftName {
  readonly owner: OwnerId;
  readonly id: string;
}

export const draftKey = ({ owner, id }: DraftName) => ({ pk: `OWNER#${owner}`, sk: `DRAFT#${id}` });
export const draftContext = ({ owner, id }: DraftName): string => `draft|${owner}|${id}`;

export interface Draft extends DraftHeader, DraftContent {
  readonly saving?: Saving | undefined;
}

const row = z.object({
  sk: z.string(),
  service: z.string(),
  form: z.string(),
  version: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  /** Epoch seconds. */
  expiresAt: z.number(),
  revision: z.number(),
});
const sealedRow = z.object({ sealed: z.instanceof(Uint8Array) });
const content = z.object({
  language: z.enum(languages),
  page: z.number(),
  field: z.optional(z.string()),
  answers: z.record(z.string(), z.unknown()),
});

const savedRow = z.object({ revision: z.number(), savedBy: z.string(), savedNth: z.number() });

export const savingOf = (item: unknown): Saving | undefined => {
  const read = savedRow.safeParse(item);
  return read.success ? { by: read.data.savedBy, number: read.data.savedNth } : undefined;
};

/** The revision a row got by this window's own saving, this one or an earlier; undefined where it is somebody else's. */
export const savedBefore = (item: unknown, { by, number }: Saving): number | undefined => {
  const read = savedRow.safeParse(item);
  return read.success && read.data.savedBy === by && read.data.savedNth <= number
    ? read.data.revision
    : undefined;
};

/** What came of a draft that was sent; undefined of any other row, and of one whose time is over. */
export const readSent = (item: unknown, now: EpochMs): Receipt | undefined => {
  const read = receiptRow.safeParse(item);
  if (!read.success || read.data.expiresAt * 1000 <= now) return undefined;
  const { caseNumber, stored, place } = read.data;
  return { caseNumber, stored, ...(place && { place }) };
};

export const isReceipt = (item: unknown): boolean =>
  typeof item === 'object' && item !== null && 'caseNumber' in item;

/** Undefined for the receipt of a draft that was sent, and for one whose time is over: DynamoDB removes rows days late. */
export const readDraft = (item: unknown, now: EpochMs): DraftHeader | undefined => {
  if (item === undefined || isReceipt(item)) return undefined;
  const { sk, version, expiresAt, ...rest } = row.parse(item);
  if (expiresAt * 1000 <= now) return undefined;
  const { service, form, createdAt, updatedAt, revision } = rest;
  return {
    id: sk.slice('DRAFT#'.length),
    service,
    form,
    formVersion: version,
    createdAt,
    updatedAt,
    expiresAt: expiresAt * 1000,
    revision,
  };
};

export const sealDraft = (
  sealer: Sealer,
  name: DraftName,
  { language, page, field, answers }: DraftContent,
) => sealer.seal(JSON.stringify({ language, page, field, answers }), draftContext(name));

export const openDraft = async (sealer: Sealer, name: DraftName, item: unknown): Promise<DraftContent> =>
  content.parse(JSON.parse(await sealer.open(sealedRow.parse(item).sealed, draftContext(name))));
