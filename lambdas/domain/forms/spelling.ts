import { withValue } from './answers.ts';
import { formats } from './formats.ts';
import { brokenKeyword, isAtMost } from './interpret.ts';
import { longestLine, maximumLength } from './length.ts';
import { everyField, type Field } from './tree.ts';
import type { Answers, CompiledForm } from './types.ts';
import { settle } from './visible.ts';

const formatOf = ({ control, schema }: Field): string | undefined =>
  control === 'date' ? 'date' : schema.format;

const read = (field: Field): string | undefined => {
  const { value } = field;
  const format = formatOf(field);
  if (typeof value !== 'string' || value.length > longestLine || format === undefined) return undefined;
  return formats[format]?.(value);
};

/** A text that is not what its field promises to be. */
export const formatProblem = (field: Field): 'format' | undefined => {
  const format = formatOf(field);
  return format !== undefined && Object.hasOwn(formats, format) && read(field) === undefined
    ? 'format'
    : undefined;
};

/**
 * A field's answer in the one spelling of its format (`FI21 1234 …` for `fi211234…`); what cannot be read, and what the
 * rest of the field's schema would not take so, stays as it was typed.
 */
export const spelled = (field: Field): unknown => {
  const spelling = read(field);
  if (spelling === undefined || spelling === field.value) return field.value;
  const fits =
    isAtMost(spelling, maximumLength(field) ?? longestLine) &&
    brokenKeyword(spelling, field.schema) === undefined;
  return fits ? spelling : field.value;
};

/** All answers so: what the browser does when a field is left, for whoever sends them by another way. */
export const inOneSpelling = (form: CompiledForm, answers: Answers): Answers => {
  let written = answers;
  for (const field of everyField(settle(form, answers).tree)) {
    const value = spelled(field);
    if (value !== field.value) written = withValue(written, field.pointer, value);
  }
  return written;
};
