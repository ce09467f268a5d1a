import { maximumBytes } from '../file-kinds.ts';
import { isObject } from './answers.ts';
import { option } from './controls.ts';
import type { Field } from './tree.ts';
import type { FileAnswer } from './types.ts';

/** Files a field may hold at most: a definition may ask for less (`ui:options`), as of the bytes of each. */
export const manyFiles = 10;

/** All that tells what a field takes. */
export type Asking = Pick<Field, 'ui'>;

/** `misc:multiple` is the text "true" in the city's forms. */
export const takesMany = ({ ui }: Asking): boolean => String(ui['misc:multiple']) === 'true';

export const maximumFiles = (field: Asking): number =>
  takesMany(field) ? Number(option(field.ui, 'maxFiles') ?? manyFiles) : 1;

/** Bytes each file of this field may have. */
export const maximumBytesOf = (field: Asking): number =>
  Math.min(maximumBytes, Number(option(field.ui, 'maxMegabytes') ?? maximumBytes / 1_000_000) * 1_000_000);

export const isFile = (value: unknown): value is FileAnswer =>
  isObject(value) && typeof value.integrationID === 'string' && value.integrationID !== '';

/** The files an answer names: `{files: […]}` where several are taken, else the file itself. */
export const filesOf = (value: unknown): readonly FileAnswer[] => {
  if (!isObject(value)) return [];
  return (Array.isArray(value.files) ? value.files : [value]).filter(isFile);
};

/** The file comes later, or with another one: that answers a required attachment too. */
export const isPromised = (value: unknown): boolean =>
  isObject(value) && (value.isDeliveredLater === true || value.isIncludedInOtherFile === true);
