import { fileExtensions } from '../file-kinds.ts';
import { typeOfName } from '../file-types.ts';
import { child, isObject, namesIn } from './answers.ts';
import { option } from './controls.ts';
import { type Asking, maximumBytesOf } from './files.ts';
import type { CompiledForm, UiSchema } from './types.ts';

const within = (ui: UiSchema, name: string): UiSchema | undefined => {
  const steps = /^\d+$/.test(name) ? [name, 'items', 'additionalItems'] : [name];
  return steps.map(step => child(ui, step)).find(isObject);
};

/** The field of a form that takes files at this place of the answers, whatever conditions show it; undefined where there is none. */
export const fileFieldAt = ({ uiSchema }: CompiledForm, pointer: string): Asking | undefined => {
  const ui = namesIn(pointer).reduce<UiSchema | undefined>((at, name) => at && within(at, name), uiSchema);
  return ui?.['ui:field'] === 'atvFile' ? { ui } : undefined;
};

const isExtension = (text: string): boolean => fileExtensions.includes(text);

const extensionsIn = (accept: string): readonly string[] =>
  accept.split(',').map(text => text.trim().replace(/^\./, '').toLowerCase());

/** `ui:options.accept`, as RJSF writes it: `.pdf,.jpg`. */
export const isAccept = (value: unknown): boolean =>
  typeof value === 'string' && extensionsIn(value).every(isExtension);

/** How the names of a field's files may end, without the dot. */
export const extensionsOf = (field: Asking): readonly string[] => {
  const accept = option(field.ui, 'accept');
  return typeof accept === 'string' ? extensionsIn(accept) : fileExtensions;
};

export const takesType = (field: Asking, type: string): boolean =>
  extensionsOf(field).some(extension => typeOfName(`.${extension}`) === type);

/** What keeps a file from a field, judged by what was announced of it. */
export const misfit = (
  field: Asking,
  { size, type }: { readonly size: number; readonly type: string },
): 'size' | 'type' | undefined => {
  if (size > maximumBytesOf(field)) return 'size';
  return takesType(field, type) ? undefined : 'type';
};
