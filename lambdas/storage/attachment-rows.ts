import * as z from 'zod/mini';
import type { CaseAttachment, CaseNumber, EpochMs, OwnerId, PersonId } from '../domain/case.ts';
import type { Custody } from '../domain/custody.ts';
import type { DraftName } from './draft-rows.ts';
import type { Sealer } from './sealing.ts';

/**
 * One row a file, from its announcement to its end: it stays with the draft's id when the draft becomes a case, so that
 * whoever scans it needs to know nothing but the object's key. The owner is in the key, as everywhere.
 */
export interface FileName {
  readonly owner: OwnerId;
  /** Of the draft, and of the case that came of it. */
  readonly draft: string;
  readonly id: string;
}

export const filesOf = ({ owner, id }: DraftName) => ({ pk: `OWNER#${owner}`, prefix: `FILE#${id}#` });
export const fileKey = ({ owner, draft, id }: FileName) => ({
  pk: `OWNER#${owner}`,
  sk: `FILE#${draft}#${id}`,
});
export const attachmentKey = ({ owner, id: draft }: DraftName, id: string) => fileKey({ owner, draft, id });

/** Rows that somebody must look after carry this partition of the index, with the time from which on. */
export const dueMark = 'DUE';

/**
 * Gives a file up that no case has: its row stays until its bytes are gone, so that a failure in between leaves nothing
 * behind that nobody knows of. A staged file names the case it is for, but is not handed over yet.
 */
export const abandoning = {
  UpdateExpression: 'SET gone = :gone, due = :due, dueAt = :atOnce',
  ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(caseNumber) OR added = :staged)',
  ExpressionAttributeValues: { ':gone': true, ':due': dueMark, ':atOnce': 0, ':staged': 'staged' },
};

const fileRow = z.object({
  pk: z.string(),
  sk: z.string(),
  size: z.number(),
  sha256: z.string(),
  type: z.string(),
  /** The file's name may tell as much as the file. */
  sealedName: z.instanceof(Uint8Array),
  state: z.enum(['uploaded', 'checked', 'received', 'refused']),
  why: z.optional(z.enum(['infected', 'wrong-type', 'unreadable'])),
  announcedAt: z.number(),
  caseNumber: z.optional(z.string()),
  added: z.optional(z.enum(['staged', 'sent'])),
  person: z.optional(z.string()),
  sealedSender: z.optional(z.instanceof(Uint8Array)),
  tries: z.optional(z.number()),
  unreadable: z.optional(z.number()),
  gone: z.optional(z.boolean()),
});

/** A file as it lies there: all but its name, which stays sealed until it must be told. */
export interface FileRecord extends FileName, Custody, Pick<CaseAttachment, 'size' | 'sha256' | 'type'> {
  readonly announcedAt: EpochMs;
  /** Of the case it belongs to; absent while its form is a draft. */
  readonly caseNumber?: CaseNumber;
  /** For a sent case (R7.6): `staged` while its sender may still take it back. */
  readonly added?: 'staged' | 'sent';
  /** Who added it. */
  readonly person?: PersonId;
  /** That human being's name, kept where an organisation's folder has several. */
  readonly sealedSender?: Uint8Array;
  /** Scans asked for again. */
  readonly tries: number;
  /** Scanners that could not read it. */
  readonly unreadable: number;
  /** Taken back, or its draft has ended: only its removal is still to be done. */
  readonly gone?: true;
  readonly sealedName: Uint8Array;
}

const nameFrom = (pk: string, sk: string): FileName => {
  const [, draft = '', id = ''] = sk.split('#');
  return { owner: pk.slice('OWNER#'.length), draft, id };
};

export const readFileName = (row: unknown): FileName => {
  const { pk, sk } = z.object({ pk: z.string(), sk: z.string() }).parse(row);
  return nameFrom(pk, sk);
};

export const readFile = (row: unknown): FileRecord => {
  const {
    pk,
    sk,
    why,
    caseNumber,
    added,
    person,
    sealedSender,
    gone,
    tries = 0,
    unreadable = 0,
    ...rest
  } = fileRow.parse(row);
  return {
    ...nameFrom(pk, sk),
    ...rest,
    tries,
    unreadable,
    ...(why !== undefined && { why }),
    ...(caseNumber !== undefined && { caseNumber }),
    ...(added !== undefined && { added }),
    ...(person !== undefined && { person }),
    ...(sealedSender !== undefined && { sealedSender }),
    ...(gone && { gone: true as const }),
  };
};

const nameContext = ({ owner, draft, id }: FileName): string => `attachment|${owner}|${draft}|${id}`;

export const sealName = (sealer: Sealer, file: FileName, name: string): Promise<Uint8Array> =>
  sealer.seal(name, nameContext(file));

export const openName = (
  sealer: Sealer,
  file: Pick<FileRecord, keyof FileName | 'sealedName'>,
): Promise<string> => sealer.open(file.sealedName, nameContext(file));

const senderContext = ({ owner, draft, id }: FileName): string => `attachment-sender|${owner}|${draft}|${id}`;

export const sealSender = (sealer: Sealer, file: FileName, name: string): Promise<Uint8Array> =>
  sealer.seal(name, senderContext(file));

/** Undefined where no name is kept. */
export const openSender = async (sealer: Sealer, file: FileRecord): Promise<string | undefined> =>
  file.sealedSender && sealer.open(file.sealedSender, senderContext(file));

export const custodyOf = ({ state, why }: Custody): Custody => ({ state, ...(why !== undefined && { why }) });

export const toAttachment = async (sealer: Sealer, file: FileRecord): Promise<CaseAttachment> => ({
  id: file.id,
  name: await openName(sealer, file),
  size: file.size,
  sha256: file.sha256,
  type: file.type,
  ...custodyOf(file),
});
