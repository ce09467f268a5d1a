/** Fills in a form as a diligent person would: valid answers to all that it asks, page after page. */
import { withValue } from '../../lambdas/domain/forms/answers.ts';
import { option } from '../../lambdas/domain/forms/controls.ts';
import { withDefaults } from '../../lambdas/domain/forms/defaults.ts';
import { allowedDurations, subventionRow, subventionTotal } from '../../lambdas/domain/forms/sums.ts';
import { everyField, type Field, isHidden } from '../../lambdas/domain/forms/tree.ts';
import type { Answers, CompiledForm, Schema } from '../../lambdas/domain/forms/types.ts';
import { settle } from '../../lambdas/domain/forms/visible.ts';

export interface Manner {
  /** What is answered where yes and no are asked; what follows from a yes is answered too. */
  readonly yes: boolean;
  /** Only what must be. */
  readonly requiredOnly?: boolean;
  /** Euros applied for of the first kind of grant. */
  readonly euros?: number;
}

const samples: Readonly<Record<string, string>> = {
  'decimal-number': '1200,50',
  date: '2026-12-24',
  email: 'testi@example.fi',
  phone: '040 123 4567',
  'postal-code': '00100',
  'identity-code': '010190-900P',
  'business-id': '0201256-6',
  iban: 'FI21 1234 5600 0007 85',
  'clock-time': '8.00',
  uri: 'https://www.example.fi',
};

/** Euros from 50 000 on (the one pattern of the city's forms), a registration number, a time, a chip … */
const patterned = ['60000', 'ABC-123', '08:00', '8.00', '123456789012345', 'A'];

const textFor = ({ minLength = 0, maxLength, format = '', pattern }: Schema): string => {
  if (pattern !== undefined)
    return patterned.find(text => [pattern].flat().every(one => new RegExp(one, 'u').test(text))) ?? '';
  const text = samples[format] ?? 'Vastaus tähän kysymykseen';
  return text.padEnd(minLength, ' ja vielä').slice(0, maxLength ?? 1000);
};

const numberFor = ({ minimum, exclusiveMinimum, maximum, multipleOf = 1 }: Schema): number => {
  const least = Math.max(minimum ?? 1, exclusiveMinimum === undefined ? -Infinity : exclusiveMinimum + 1);
  const step = [multipleOf].flat().reduce((product, one) => product * one);
  const number = Math.ceil(least / step) * step;
  return maximum !== undefined && number > maximum ? maximum : number;
};

const choiceFor = (choice: readonly unknown[], yes: boolean): unknown =>
  choice.every(value => typeof value === 'boolean')
    ? (choice.find(value => value === yes) ?? choice[0])
    : choice[0];

const answerTo = (field: Field, form: CompiledForm, tree: Field, { yes, euros = 1000 }: Manner): unknown => {
  const { schema, control } = field;
  if (schema.const !== undefined) return schema.const;
  switch (control) {
    case 'text':
    case 'textarea':
    case 'decimal':
      return option(field.ui, 'after') === undefined ? textFor(schema) : '16.00';
    case 'date':
      return samples.date;
    case 'number':
      return numberFor(schema);
    case 'year':
      return String(form.settings.actingYears[0] ?? 2026);
    case 'checkbox':
      return yes;
    case 'radio':
    case 'select':
      return choiceFor(schema.enum ?? [true, false], yes);
    case 'duration':
      return allowedDurations(subventionTotal(tree))[0];
    case 'checkboxes':
      return ((schema.items as Schema).enum ?? []).slice(0, Math.max(1, schema.minItems ?? 1));
    case 'file':
      return { isDeliveredLater: true };
    case 'subventions':
      return (schema.options ?? []).map(({ id }, index) =>
        subventionRow(String(id), index === 0 ? String(euros) : '0'),
      );
    case 'list':
      return Array.from({ length: Math.max(1, schema.minItems ?? 1) }, () => ({}));
    default:
      return undefined;
  }
};

/** An answer brings further questions; so many rounds at most. */
const rounds = 30;

export const filled = (form: CompiledForm, manner: Manner): Answers => {
  let answers = withDefaults(form, {});
  const answered = new Set<string>();
  for (let round = 0; round < rounds; round += 1) {
    const { tree } = settle(form, answers);
    const open = [...everyField(tree)].filter(
      field => !answered.has(field.pointer) && !isHidden(field) && (!manner.requiredOnly || field.required),
    );
    if (open.length === 0) return answers;
    for (const field of open) {
      answered.add(field.pointer);
      const isBegun = field.control === 'list' && Array.isArray(field.value) && field.value.length > 0;
      const answer = isBegun ? undefined : answerTo(field, form, tree, manner);
      if (answer !== undefined) answers = withValue(answers, field.pointer, answer);
    }
  }
  throw new Error(`${form.id} is still asking after ${rounds} rounds`);
};
