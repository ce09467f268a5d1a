/**
 * How files of each kind begin. A file is what its bytes say: its name is checked against them, never the other way
 * round. The browser refuses early by the same rules as the server, and fetches them once it has a file to judge.
 */
import type { FileExtension } from './file-kinds.ts';
import { extensionOf, extensionOfType } from './file-types.ts';

/** Bytes of a file's beginning that tell its kind. */
export const headBytes = 4096;

type Begins = (head: Uint8Array) => boolean;

const startsWith = (head: Uint8Array, ...bytes: readonly number[]): boolean =>
  head.length >= bytes.length && bytes.every((byte, index) => head[index] === byte);

const ascii = (head: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...head.subarray(from, to));

/** Some programs put a byte order mark or a line break before it. */
const pdf = (head: Uint8Array): boolean => /^(?:\xef\xbb\xbf)?\s*%PDF-/.test(ascii(head, 0, 64));

/** Word, Excel and PowerPoint before 2007: one container for the three. */
const compound = (head: Uint8Array): boolean =>
  startsWith(head, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);

/** An empty archive begins with its end. */
const zip = (head: Uint8Array): boolean =>
  startsWith(head, 0x50, 0x4b, 3, 4) || startsWith(head, 0x50, 0x4b, 5, 6);

/** OpenDocument names its own type in its first, uncompressed entry. */
const openDocument =
  (type: string) =>
  (head: Uint8Array): boolean =>
    zip(head) && ascii(head, 30, 38) === 'mimetype' && ascii(head, 38, 38 + type.length) === type;

const heic = (head: Uint8Array): boolean =>
  ascii(head, 4, 8) === 'ftyp' && /^(?:hei[cmsx]|hev[cmsx]|mif1|msf1)$/.test(ascii(head, 8, 12));

const tiff = (head: Uint8Array): boolean => /^(?:II[*+]\0|MM\0[*+])/.test(ascii(head, 0, 4));

/** Written text: no control characters but those that lay lines out. UTF-16 says that it is by its mark. */
const text = (head: Uint8Array): boolean =>
  startsWith(head, 0xff, 0xfe) ||
  startsWith(head, 0xfe, 0xff) ||
  head.every(byte => byte >= 0x20 || (byte >= 9 && byte <= 13));

/** By how such files are called. */
const beginnings: Readonly<Partial<Record<FileExtension, Begins>>> = {
  pdf,
  jpg: head => startsWith(head, 0xff, 0xd8, 0xff),
  png: head => startsWith(head, 0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10),
  heic,
  gif: head => /^GIF8[79]a/.test(ascii(head, 0, 6)),
  tif: tiff,
  rtf: head => ascii(head, 0, 5) === '{\\rtf',
  docx: zip,
  xlsx: zip,
  pptx: zip,
  odt: openDocument('application/vnd.oasis.opendocument.text'),
  ods: openDocument('application/vnd.oasis.opendocument.spreadsheet'),
  zip,
  doc: compound,
  xls: compound,
  ppt: compound,
  csv: text,
  txt: text,
};

/** Whether a file that begins so may be of that type. `head`: the first `headBytes`, or all of a shorter file. */
export const beginsAs = (type: string, head: Uint8Array): boolean => {
  const extension = extensionOfType(type);
  return extension !== undefined && (beginnings[extension]?.(head) ?? false);
};

/** What cannot be told by its beginning is not guessed. */
const telling = ['pdf', 'jpg', 'png', 'heic', 'gif', 'tif'] as const;

/** A name for a file that has none of its kind, as some phones hand over their pictures; undefined where its kind is not told. */
export const nameByContent = (name: string, head: Uint8Array): string | undefined => {
  if (extensionOf(name) !== '') return name;
  const extension = telling.find(one => beginnings[one]?.(head));
  return extension && `${name}.${extension}`;
};
