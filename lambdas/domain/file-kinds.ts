/**
 * The kinds of file the city takes, by how their names end: all that a picker must know. What a name claims is in
 * `file-types.ts`, how the bytes of each kind begin in `file-heads.ts`.
 */

/** Bytes a file may have at most; a form's field may ask for less. The same everywhere: browser, server, upload policy, texts. */
export const maximumBytes = 20_000_000;

const extensions = [
  'pdf',
  'jpg',
  'jpeg',
  'png',
  'heic',
  'heif',
  'gif',
  'tif',
  'tiff',
  'rtf',
  'docx',
  'xlsx',
  'pptx',
  'odt',
  'ods',
  'zip',
  'doc',
  'xls',
  'ppt',
  'csv',
  'txt',
] as const;

export type FileExtension = (typeof extensions)[number];

/** Without the dot. */
export const fileExtensions: readonly string[] = extensions;
