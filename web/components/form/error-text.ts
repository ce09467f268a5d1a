import { dateLimit } from '../../../lambdas/domain/forms/date-limits.ts';
import { maximumBytesOf, maximumFiles } from '../../../lambdas/domain/forms/files.ts';
import { maximumLength } from '../../../lambdas/domain/forms/length.ts';
import { earlierField } from '../../../lambdas/domain/forms/limits.ts';
import { labelOf, plainText } from '../../../lambdas/domain/forms/text.ts';
import { everyField, type Field } from '../../../lambdas/domain/forms/tree.ts';
import type { Control } from '../../../lambdas/domain/forms/types.ts';
import { serverTime } from '../../client/server-time.ts';
import { texts } from '../../client/texts.ts';
import { kilobytes } from '../file-sending/file-size.ts';
import { finnishDate } from './dates.ts';
import type fi from './fi.json';
import { type FormView, nameOf, say } from './form-view.ts';

type Key = keyof typeof fi;

const missing: Partial<Readonly<Record<Control, Key>>> = {
  radio: 'error.required.choice',
  select: 'error.required.choice',
  year: 'error.required.choice',
  duration: 'error.required.choice',
  checkboxes: 'error.required.choice',
  checkbox: 'error.required.checkbox',
  file: 'error.required.file',
  list: 'error.required.list',
  subventions: 'error.required.subventions',
};

const formatKey = ({ control, schema }: Field): Key => {
  const format = control === 'date' ? 'date' : control === 'subventions' ? 'decimal-number' : schema.format;
  return `error.format.${format}` as Key;
};

const typeKey = ({ schema: { type } }: Field): Key =>
  type === 'integer' || type === 'number' ? `error.type.${type}` : 'error.type';

const keyOf = (code: string, field: Field): Key => {
  switch (code) {
    case 'required':
      return missing[field.control] ?? 'error.required';
    case 'type':
      return typeKey(field);
    case 'format':
      return formatKey(field);
    case 'const':
      return field.control === 'checkbox' ? 'error.required.checkbox' : 'error.enum';
    case 'tooLarge':
      return 'file.tooLarge';
    case 'wrongType':
      return 'file.wrongType';
    case 'enum':
    case 'pattern':
    case 'maxLength':
    case 'minLength':
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
    case 'multipleOf':
    case 'uniqueItems':
    case 'minItems':
    case 'maxItems':
    case 'single':
    case 'minDate':
    case 'maxDate':
    case 'after':
    case 'notTaken':
    case 'refused':
      return `error.${code}`;
    default:
      return 'error.type';
  }
};

/** Decimals are read as they are typed: with a comma in every language. */
const limitOf = (code: string, field: Field): string => {
  const { schema } = field;
  if (code === 'maxLength') return `${maximumLength(field) ?? 0}`;
  if (code === 'maxItems' && field.control === 'file') return `${maximumFiles(field)}`;
  return `${(schema as Record<string, unknown>)[code] ?? 0}`.replace('.', ',');
};

/** The city's attachments are all called the same; the group around each says which it is. */
const nameInError = (field: Field, view: Pick<FormView, 'form' | 'language'>): string =>
  field.control === 'file' && field.groupTitle !== undefined
    ? labelOf(view.form, view.language, field.groupTitle)
    : nameOf(field, view);

const dayLimit = (code: string, field: Field): string =>
  code === 'minDate' || code === 'maxDate' ? finnishDate(dateLimit(field, code, serverTime()) ?? '') : '';

/** What the field that this one must come after is called. */
const earlierName = (field: Field, view: Pick<FormView, 'form' | 'language' | 'tree'>): string => {
  const holder = [...everyField(view.tree)].find(({ fields }) =>
    fields.some(({ pointer }) => pointer === field.pointer),
  );
  const earlier = earlierField(field, holder?.fields ?? []);
  return earlier ? nameOf(earlier, view) : '';
};

/** What is wrong with a field and what to do about it, naming the field. */
export const errorText = (
  code: string,
  field: Field,
  view: Pick<FormView, 'form' | 'language' | 'tree'>,
): string => {
  const name = nameInError(field, view).replace(/:$/, '');
  const help = plainText(say(view, field.ui['ui:help']) ?? say(view, field.schema.description) ?? '');
  const megabytes = kilobytes(maximumBytesOf(field), view.language);
  const date = dayLimit(code, field);
  const other = code === 'after' ? earlierName(field, view) : '';
  const limit = limitOf(code, field);
  return texts<Key>()(keyOf(code, field), { name, limit, help, megabytes, date, other }).trim();
};
