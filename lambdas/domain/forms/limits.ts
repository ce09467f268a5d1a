/** Answers that must lie between days, or come after another: what JSON Schema has no words for. */
import type { EpochMs } from '../case.ts';
import { option } from './controls.ts';
import { dateLimit } from './date-limits.ts';
import { formats } from './formats.ts';
import type { Field } from './tree.ts';

export const dateProblem = (field: Field, now: EpochMs): 'minDate' | 'maxDate' | undefined => {
  if (field.control !== 'date') return undefined;
  const [first, last] = [dateLimit(field, 'minDate', now), dateLimit(field, 'maxDate', now)];
  if (first !== undefined && String(field.value) < first) return 'minDate';
  return last !== undefined && String(field.value) > last ? 'maxDate' : undefined;
};

const minutes = (text: string): number => {
  const [hours, rest] = (formats['clock-time']?.(text) ?? '').split('.').map(Number);
  return (hours ?? Number.NaN) * 60 + (rest ?? Number.NaN);
};

/** The field beside it that `ui:options.after` names. */
export const earlierField = ({ ui }: Pick<Field, 'ui'>, siblings: readonly Field[]): Field | undefined => {
  const name = option(ui, 'after');
  return name === undefined ? undefined : siblings.find(sibling => sibling.name === name);
};

/** A time must come after the other, a date not before it. What is not there, or cannot be read, is no matter of this. */
export const orderProblem = (field: Field, siblings: readonly Field[]): 'after' | undefined => {
  const before = earlierField(field, siblings)?.value;
  if (typeof before !== 'string' || typeof field.value !== 'string') return undefined;
  const isWrong =
    field.control === 'date'
      ? formats.date?.(before) !== undefined && field.value < before
      : minutes(field.value) <= minutes(before);
  return isWrong ? 'after' : undefined;
};
