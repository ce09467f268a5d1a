import type { FileExtension } from './file-kinds.ts';

const office = 'application/vnd.openxmlformats-officedocument.';
const openDocument = 'application/vnd.oasis.opendocument.';

/** What a name that ends so claims to be. Of two endings of a type the first is how such a file is called. */
const types: Readonly<Record<FileExtension, string>> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  heic: 'image/heic',
  heif: 'image/heic',
  gif: 'image/gif',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  rtf: 'application/rtf',
  docx: `${office}wordprocessingml.document`,
  xlsx: `${office}spreadsheetml.sheet`,
  pptx: `${office}presentationml.presentation`,
  odt: `${openDocument}text`,
  ods: `${openDocument}spreadsheet`,
  zip: 'application/zip',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  csv: 'text/csv',
  txt: 'text/plain',
};

export const fileTypes = (): readonly string[] => [...new Set(Object.values(types))];

export const extensionOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

const isTaken = (extension: string): extension is FileExtension => Object.hasOwn(types, extension);

/** The type a name claims; undefined for a kind that is not taken, and for a name that claims none. */
export const typeOfName = (name: string): string | undefined => {
  const extension = extensionOf(name);
  return isTaken(extension) ? types[extension] : undefined;
};

/** How files of a type are called: without the dot. */
export const extensionOfType = (type: string): FileExtension | undefined =>
  Object.keys(types)
    .filter(isTaken)
    .find(extension => types[extension] === type);
