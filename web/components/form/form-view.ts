import { option } from '../../../lambdas/domain/forms/controls.ts';
import { plainText, readableName, textOf } from '../../../lambdas/domain/forms/text.ts';
import type { Field } from '../../../lambdas/domain/forms/tree.ts';
import type { Answers, CompiledForm, Text } from '../../../lambdas/domain/forms/types.ts';
import type { Language } from '../../../lambdas/domain/language.ts';
import type { Upload } from '../file-sending/sending.ts';

/** What fields that take files need. */
export interface FileDesk {
  /** Id of the draft the files belong to. */
  readonly draft: string;
  /** The draft must be on the server before a file can belong to it; resolves to whether it is. */
  readonly save: () => Promise<boolean>;
  /** Changes an answer on the ground of what it is at that moment. */
  readonly update: (pointer: string, change: (value: unknown) => unknown) => void;
  readonly uploads: readonly Upload[];
  readonly setUploads: (change: (uploads: readonly Upload[]) => readonly Upload[]) => void;
}

/** What every field needs to show itself. */
export interface FormView {
  readonly form: CompiledForm;
  readonly language: Language;
  /** As they were typed. */
  readonly answers: Answers;
  /** The form as it is with them. */
  readonly tree: Field;
  /** Texts by pointer. */
  readonly errors: ReadonlyMap<string, string>;
  change(pointer: string, value: unknown): void;
  /** A field's answer in the one spelling of its format. */
  readonly spell: (field: Field) => unknown;
  readonly files: FileDesk;
}

export interface FieldProperties {
  readonly field: Field;
  readonly view: FormView;
}

/** Id of a field's first control; without blanks, which would make it several where others name it. */
export const fieldId = (pointer: string): string =>
  `field${pointer.replaceAll('-', '--').replaceAll('/', '-').replace(/\s/g, '~~')}`;

/** Ids of a field's several controls, from 0: the first has the field's own, where a link to the field leads. */
export const controlId = (pointer: string, index: number): string =>
  index === 0 ? fieldId(pointer) : `${fieldId(pointer)}-${index + 1}`;

/** Without a word from the definition browsers offer nothing: what somebody else has typed here is nobody's business. */
export const autocompleteOf = ({ ui: { 'ui:autocomplete': own } }: Field): string =>
  typeof own === 'string' ? own : 'off';

export const say = (
  { form, language }: Pick<FormView, 'form' | 'language'>,
  key: unknown,
): Text | undefined => textOf(form, language, key);

/** The field's name as a person reads it; without a title, its property's. */
export const nameOf = (field: Field, view: Pick<FormView, 'form' | 'language'>): string => {
  const title = say(view, field.schema.title) ?? say(view, field.groupTitle);
  return title === undefined ? readableName(field.name) : plainText(title);
};

/** What the items of a list are called: the item's own title, the list's, or its section's; with its number. */
export const itemTitle = (
  list: Field,
  item: Field,
  index: number,
  view: Pick<FormView, 'form' | 'language'>,
): string => `${plainText(say(view, item.schema.title) ?? nameOf(list, view))} ${index + 1}`;

export const optionText = (
  field: Field,
  name: string,
  view: Pick<FormView, 'form' | 'language'>,
): Text | undefined => say(view, option(field.ui, name));
