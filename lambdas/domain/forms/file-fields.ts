import { typeOfName } from '../file-types.ts';
import { child, isObject, namesIn } from './answers.ts';
import { extensionsOf } from './file-extensions.ts';
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
