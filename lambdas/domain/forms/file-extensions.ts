import { fileExtensions } from '../file-kinds.ts';
import { option } from './controls.ts';
import type { Asking } from './files.ts';

const isExtension = (text: string): boolean => fileExtensions.includes(text);

const extensionsIn = (accept: string): readonly string[] =>
  accept.split(',').map(text => text.trim().replace(/^\./, '').toLowerCase());

/** `ui:options.accept`, as RJSF writes it: `.pdf,.jpg`. */
export const isAccept = (value: unknown): boolean =>
  typeof value === 'string' && extensionsIn(value).every(isExtension);

/** How the names of a field's files may end, without the dot: all that a picker must know. */
export const extensionsOf = (field: Asking): readonly string[] => {
  const accept = option(field.ui, 'accept');
  return typeof accept === 'string' ? extensionsIn(accept) : fileExtensions;
};
