/**
 * The kinds of file the city takes, and how each begins. A file is what its bytes say: its name is checked against them,
 * never the other way round. Small enough for the browser, which refuses early by the same rules as the server.
 */

interface Kind {
  readonly type: string;
  /** As names end; the first is how such a file is called. */
  readonly extensions: readonly string[];
  readonly begins: (head: Uint8Array) => boolean;
}

/** Bytes a file may have at most; a form's field may ask for less. The same everywhere: browser, server, upload policy, texts. */
export const maximumBytes = 20_000_000;

/** Bytes of a file's beginning that tell its kind. */
export const headBytes = 4096;

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

const office = 'application/vnd.openxmlformats-officedocument.';
const document = 'application/vnd.oasis.opendocument.text';
const sheet = 'application/vnd.oasis.opendocument.spreadsheet';

const kinds: readonly Kind[] = [
  { type: 'application/pdf', extensions: ['pdf'], begins: pdf },
  {
    type: 'image/jpeg',
    extensions: ['jpg', 'jpeg'],
    begins: head => startsWith(head, 0xff, 0xd8, 0xff),
  },
  {
    type: 'image/png',
    extensions: ['png'],
    begins: head => startsWith(head, 0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10),
  },
  { type: 'image/heic', extensions: ['heic', 'heif'], begins: heic },
  { type: 'image/gif', extensions: ['gif'], begins: head => /^GIF8[79]a/.test(ascii(head, 0, 6)) },
  { type: 'image/tiff', extensions: ['tif', 'tiff'], begins: tiff },
  { type: 'application/rtf', extensions: ['rtf'], begins: head => ascii(head, 0, 5) === '{\\rtf' },
  { type: `${office}wordprocessingml.document`, extensions: ['docx'], begins: zip },
  { type: `${office}spreadsheetml.sheet`, extensions: ['xlsx'], begins: zip },
  { type: `${office}presentationml.presentation`, extensions: ['pptx'], begins: zip },
  { type: document, extensions: ['odt'], begins: openDocument(document) },
  { type: sheet, extensions: ['ods'], begins: openDocument(sheet) },
  { type: 'application/zip', extensions: ['zip'], begins: zip },
  { type: 'application/msword', extensions: ['doc'], begins: compound },
  { type: 'application/vnd.ms-excel', extensions: ['xls'], begins: compound },
  { type: 'application/vnd.ms-powerpoint', extensions: ['ppt'], begins: compound },
  { type: 'text/csv', extensions: ['csv'], begins: text },
  { type: 'text/plain', extensions: ['txt'], begins: text },
];

export const fileTypes: readonly string[] = kinds.map(({ type }) => type);

/** `.pdf,.jpg,…`, for a picker. */
export const fileExtensions: readonly string[] = kinds.flatMap(({ extensions }) => extensions);

const extensionOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** The type a name claims; undefined for a kind that is not taken, and for a name that claims none. */
export const typeOfName = (name: string): string | undefined =>
  kinds.find(({ extensions }) => extensions.includes(extensionOf(name)))?.type;

/** Whether a file that begins so may be of that type. `head`: the first `headBytes`, or all of a shorter file. */
export const beginsAs = (type: string, head: Uint8Array): boolean =>
  kinds.find(kind => kind.type === type)?.begins(head) ?? false;

/** What cannot be told by its beginning is not guessed. */
const telling = /^(?:application\/pdf|image\/)/;

/** A name for a file that has none of its kind, as some phones hand over their pictures; undefined where its kind is not told. */
export const nameByContent = (name: string, head: Uint8Array): string | undefined => {
  if (extensionOf(name) !== '') return name;
  const kind = kinds.find(({ type, begins }) => telling.test(type) && begins(head));
  return kind && `${name}.${kind.extensions[0]}`;
};
