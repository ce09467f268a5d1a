import type { EpochMs } from '../case.ts';
import type { FieldError } from '../refusal.ts';
import { child, isEmpty, isObject } from './answers.ts';
import { filesOf, isPromised, maximumBytesOf, maximumFiles } from './files.ts';
import { brokenKeyword, isAtMost } from './interpret.ts';
import { longestLine, maximumLength } from './length.ts';
import { dateProblem, orderProblem } from './limits.ts';
import { remembered } from './remembered.ts';
import { formatProblem, spelled } from './spelling.ts';
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
  /** A date before or after those its field takes. */
  | 'minDate'
  | 'maxDate'
  /** Not after what it must come after. */
  | 'after'
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

const subventionProblem = ({ value, ui }: Field): ErrorCode | undefined => {
  const amounts = (value as readonly unknown[]).map(row => euros(amountOf(row)));
  if (amounts.some(amount => Number.isNaN(amount) || amount < 0)) return 'format';
  const isSingle = child(ui['ui:options'], 'useSingleSubvention') === true;
  return isSingle && amounts.filter(amount => amount > 0).length > 1 ? 'single' : undefined;
};

const fileProblem = (field: Field): ErrorCode | undefined => {
  if (!isObject(field.value)) return 'type';
  const files = filesOf(field.value);
  if (files.length > maximumFiles(field)) return 'maxItems';
  return files.some(({ size }) => size > maximumBytesOf(field)) ? 'tooLarge' : undefined;
};

interface Judge {
  readonly form: CompiledForm;
  readonly tree: Field;
  readonly now: EpochMs;
}

const textProblem = (field: Field, siblings: readonly Field[], now: EpochMs): string | undefined => {
  const value = spelled(field);
  const written = value === field.value ? field : { ...field, value };
  return (
    interpreted(written) ??
    formatProblem(written) ??
    dateProblem(written, now) ??
    orderProblem(written, siblings)
  );
};

const valueProblem = (
  field: Field,
  siblings: readonly Field[],
  { form, tree, now }: Judge,
): string | undefined => {
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
      return typeof field.value === 'string' ? textProblem(field, siblings, now) : interpreted(field);
  }
};

const isMissing = ({ control, value }: Field): boolean =>
  control === 'file' && isObject(value) ? filesOf(value).length === 0 && !isPromised(value) : isEmpty(value);

const problemOf = (field: Field, siblings: readonly Field[], judge: Judge): string | undefined => {
  if (field.control === 'group') return isObject(field.value) ? undefined : 'type';
  if (field.control === 'paragraph') return undefined;
  if (isMissing(field)) return field.required && field.control !== 'hidden' ? 'required' : undefined;
  return valueProblem(field, siblings, judge);
};

/**
 * Everything that keeps a form from being sent, in the form's order; one error a field. Takes a settled tree; `now`, in
 * milliseconds, is what dates that count from today are held against.
 */
export const treeErrors = (form: CompiledForm, tree: Field, now: EpochMs): FieldError[] => {
  const errors: FieldError[] = [];
  const judge = { form, tree, now };
  const visit = (field: Field, siblings: readonly Field[]): void => {
    const code = problemOf(field, siblings, judge);
    if (code !== undefined) errors.push({ pointer: field.pointer, code });
    // What is no group at all lacks none of its fields.
    if (code !== 'type') for (const inner of field.fields) visit(inner, field.fields);
  };
  visit(tree, []);
  return errors;
};

/**
 * Judges the answers of a whole form: the same code and the same answer in the browser and in Lambda. Empty is good.
 * `now` is in milliseconds; whether the form is open at all is `isOpen`'s matter.
 */
export const validateAnswers = (
  form: CompiledForm,
  answers: Answers,
  { now }: { readonly now: EpochMs },
): FieldError[] => treeErrors(form, settle(form, answers).tree, now);
