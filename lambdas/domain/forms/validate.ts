import type { EpochMs } from '../case.ts';
import type { FieldError } from '../refusal.ts';
import { child, isEmpty } from './answers.ts';
import { filesOf, isPromised, maximumBytesOf, maximumFiles } from './files.ts';
import { formats } from './formats.ts';
import { brokenKeyword, isAtMost } from './interpret.ts';
import { longestLine, maximumLength } from './length.ts';
import { remembered } from './remembered.ts';
import { allowedDurations, amountOf, euros, subventionTotal } from './sums.ts';
import { type Field, mostItems } from './tree.ts';
import type { Answers, CompiledForm, Schema } from './types.ts';
import { settle } from './visible.ts';

/**
 * Why an answer was not accepted: the JSON Schema keyword it broke, `format` for a text that is not what its field
 * promises, `required` for what is missing. The words for each are the web's.
 */
export type ErrorCode =
  | 'required'
  | 'type'
  | 'enum'
  | 'const'
  | 'format'
  | 'pattern'
  | 'minLength'
  | 'maxLength'
  | 'minimum'
  | 'maximum'
  | 'exclusiveMinimum'
  | 'exclusiveMaximum'
  | 'multipleOf'
  | 'minItems'
  | 'maxItems'
  | 'uniqueItems'
  | 'single'
  /** A file of more bytes than its field takes. */
  | 'tooLarge';

/** What the interpreter judges of a list: how many there are, and whether twice the same; its items are judged as fields. */
const listDemands = remembered((schema: Schema): Schema => {
  const { items, additionalItems, ...rest } = schema;
  return { ...rest, maxItems: mostItems(schema) };
});

/** A text that is too long is refused before a pattern is tried on it. */
const isTooLong = (field: Field): boolean => {
  const { value, ui } = field;
  if (typeof value !== 'string') return false;
  if (value.length <= longestLine && ui['misc:max-length'] === undefined) return false;
  const most = maximumLength(field);
  return most !== undefined && !isAtMost(value, most);
};

const interpreted = (field: Field): string | undefined => {
  const { control, schema, value } = field;
  if (isTooLong(field)) return 'maxLength';
  const keyword = brokenKeyword(value, control === 'list' ? listDemands(schema) : schema);
  return keyword === 'items' ? 'enum' : keyword;
};

const formatProblem = ({ control, schema, value }: Field): ErrorCode | undefined => {
  const name = control === 'date' ? 'date' : schema.format;
  const check = name === undefined ? undefined : formats[name];
  return check && typeof value === 'string' && !check(value) ? 'format' : undefined;
};

const subventionProblem = ({ value, ui }: Field): ErrorCode | undefined => {
  const amounts = (value as readonly unknown[]).map(row => euros(amountOf(row)));
  if (amounts.some(amount => Number.isNaN(amount) || amount < 0)) return 'format';
  const isSingle = child(ui['ui:options'], 'useSingleSubvention') === true;
  return isSingle && amounts.filter(amount => amount > 0).length > 1 ? 'single' : undefined;
};

const fileProblem = (field: Field): ErrorCode | undefined => {
  const files = filesOf(field.value);
  if (files.length > maximumFiles(field)) return 'maxItems';
  return files.some(({ size }) => size > maximumBytesOf(field)) ? 'tooLarge' : undefined;
};

interface Judge {
  readonly form: CompiledForm;
  readonly tree: Field;
}

const valueProblem = (field: Field, { form, tree }: Judge): string | undefined => {
  switch (field.control) {
    case 'file':
      return fileProblem(field);
    case 'year': {
      const years = form.settings.actingYears;
      return (
        interpreted(field) ??
        (years.length === 0 || years.map(String).includes(String(field.value)) ? undefined : 'enum')
      );
    }
    case 'duration':
      return (
        interpreted(field) ??
        (allowedDurations(subventionTotal(tree)).includes(String(field.value)) ? undefined : 'enum')
      );
    case 'subventions':
      return subventionProblem(field);
    case 'sum':
      return undefined;
    default:
      return interpreted(field) ?? formatProblem(field);
  }
};

const isMissing = ({ control, value }: Field): boolean =>
  control === 'file' ? filesOf(value).length === 0 && !isPromised(value) : isEmpty(value);

const problemOf = (field: Field, judge: Judge): string | undefined => {
  if (field.control === 'group' || field.control === 'paragraph') return undefined;
  if (isMissing(field)) return field.required && field.control !== 'hidden' ? 'required' : undefined;
  return valueProblem(field, judge);
};

/** Everything that keeps a form from being sent, in the form's order; one error a field. Takes a settled tree. */
export const treeErrors = (form: CompiledForm, tree: Field, within: Field = tree): FieldError[] => {
  const errors: FieldError[] = [];
  const judge = { form, tree };
  const visit = (field: Field): void => {
    const code = problemOf(field, judge);
    if (code !== undefined) errors.push({ pointer: field.pointer, code });
    for (const inner of field.fields) visit(inner);
  };
  visit(within);
  return errors;
};

/**
 * Judges the answers of a whole form: the same code and the same answer in the browser and in Lambda. Empty is good.
 * `now` is in milliseconds; whether the form is open at all is `isOpen`'s matter.
 */
export const validateAnswers = (
  form: CompiledForm,
  answers: Answers,
  _at: { readonly now: EpochMs },
): FieldError[] => treeErrors(form, settle(form, answers).tree);
