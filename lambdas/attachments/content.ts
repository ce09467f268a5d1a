import type { CaseAttachment } from '../domain/case.ts';
import type { Custody } from '../domain/custody.ts';
import { beginsAs, headBytes } from '../domain/file-heads.ts';

/** Reads a part of the file, both ends included; undefined where it is gone. */
export type ReadPart = (part: { from: number; to: number }) => Promise<Uint8Array | undefined>;

/** Bytes at the end of an archive in which its list of contents is looked for: room for two thousand entries. */
const listBytes = 256 * 1024;

/** Folder in which each kind of office document keeps its main part. */
const mainParts: Readonly<Record<string, string>> = {
  'wordprocessingml.document': 'word/',
  'spreadsheetml.sheet': 'xl/',
  'presentationml.presentation': 'ppt/',
};

const mainPart = (type: string): string | undefined => mainParts[type.split('officedocument.')[1] ?? ''];

const isArchive = (head: Uint8Array): boolean => head[0] === 0x50 && head[1] === 0x4b;

/** APPNOTE 4.4.4: the lowest bit of an entry's flags. */
const isLocked = (head: Uint8Array): boolean => isArchive(head) && ((head[6] ?? 0) & 1) === 1;

/** Office writes a document with a password as a compound file, whatever it is called. */
const isLockedOffice = (head: Uint8Array): boolean => beginsAs('application/msword', head);

/** Macros have no place in a document that says it has none. */
const holds = (list: string, part: string): boolean =>
  list.includes('[Content_Types].xml') && list.includes(part) && !list.includes('vbaProject.bin');

/**
 * Whether the bytes are what was announced (R6.6): a name and a type are only claims. `checked` when they are;
 * undefined when the file has gone meanwhile.
 */
export const judgeContent = async (
  { type, size }: Pick<CaseAttachment, 'type' | 'size'>,
  read: ReadPart,
): Promise<Custody | undefined> => {
  const head = await read({ from: 0, to: Math.min(size, headBytes) - 1 });
  if (!head) return undefined;
  const part = mainPart(type);
  if (isLocked(head) || (part && isLockedOffice(head))) return { state: 'refused', why: 'unreadable' };
  if (!beginsAs(type, head)) return { state: 'refused', why: 'wrong-type' };
  if (!part) return { state: 'checked' };
  const tail = await read({ from: Math.max(0, size - listBytes), to: size - 1 });
  if (!tail) return undefined;
  return holds(Buffer.from(tail).toString('latin1'), part)
    ? { state: 'checked' }
    : { state: 'refused', why: 'wrong-type' };
};
