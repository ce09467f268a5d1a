/** Answers begun under one version of a form, carried over to another. Runs where a form is published and in the browser. */
import { child, isEmpty, isObject, namesIn, pointerTo, valueAt, withValue } from './answers.ts';
import { controlOf } from './controls.ts';
import { possible } from './effective.ts';
import { itemSchema } from './tree.ts';
import type { Answers, CompiledForm, Control, Migration, MigrationStep, Schema, UiSchema } from './types.ts';

/** Pointers of the answers a pattern names; `*` stands for every item of a list. Beside each, the items it went through. */
const matches = (answers: unknown, pattern: string): readonly (readonly [string, readonly string[]])[] => {
  const walk = (value: unknown, names: readonly string[], at: string, items: readonly string[]) => {
    const [name, ...rest] = names;
    if (name === undefined) return [[at, items] as const];
    const found = name === '*' && Array.isArray(value) ? value.map((_, index) => String(index)) : [name];
    return found.flatMap((one): (readonly [string, readonly string[]])[] => {
      const inner = child(value, one);
      if (inner === undefined) return [];
      return walk(inner, rest, pointerTo(at, one), name === '*' ? [...items, one] : items);
    });
  };
  return walk(answers, namesIn(pattern), '', []);
};

const inItems = (pattern: string, items: readonly string[]): string => {
  const left = [...items];
  return namesIn(pattern)
    .map(name => (name === '*' ? (left.shift() ?? '0') : name))
    .reduce<string>(pointerTo, '');
};

interface Moved {
  readonly answers: Answers;
  /** Patterns of the answers that others were put in the place of. */
  readonly overwritten: readonly string[];
}

/** A box that was not ticked gives way like what is empty. */
const givesWay = (value: unknown): boolean => isEmpty(value) || value === false;

const move = ({ answers, overwritten }: Moved, from: string, to: string, pattern: string): Moved => {
  const value = valueAt(answers, from);
  const without = withValue(answers, from, undefined);
  const there = valueAt(without, to);
  if (givesWay(value) && !givesWay(there)) return { answers: without, overwritten };
  const isLost = !givesWay(there) && there !== value;
  return {
    answers: withValue(without, to, value),
    overwritten: isLost ? [...overwritten, pattern] : overwritten,
  };
};

const step = (before: Moved, change: MigrationStep): Moved =>
  matches(before.answers, 'drop' in change ? change.drop : change.move).reduce(
    (moved, [from, items]) =>
      'drop' in change
        ? { overwritten: moved.overwritten, answers: withValue(moved.answers, from, undefined) }
        : move(moved, from, inItems(change.to, items), change.to),
    before,
  );

/** The steps from a version to the newest, in their order; none where the definition names no way from it. */
export const stepsFrom = (
  migrations: readonly Migration[] | undefined,
  version: string,
): readonly MigrationStep[] => {
  const start = migrations?.findIndex(({ from }) => from === version) ?? -1;
  return start < 0 ? [] : (migrations ?? []).slice(start).flatMap(({ steps }) => steps);
};

const nobodysOwn: readonly (Control | undefined)[] = ['paragraph', 'hidden', 'sum'];
const ofManyParts: readonly (Control | undefined)[] = ['file', 'subventions', 'checkboxes', 'paragraph'];

/** A box that was never ticked, or a default nobody changed, is no answer. */
const isUntouched = (value: unknown, { default: start, type }: Schema): boolean =>
  isEmpty(value) || value === start || (type === 'boolean' && value === false);

interface Spot {
  readonly schema: Schema;
  readonly ui: UiSchema;
}

const inner = ({ schema, ui }: Spot, name: string, item?: number): Spot | undefined => {
  const next = item === undefined ? child(schema.properties, name) : itemSchema(schema, item);
  const nextUi = child(ui, name);
  return isObject(next) ? { schema: possible(next), ui: isObject(nextUi) ? nextUi : {} } : undefined;
};

/** Several values that make one answer. */
const isOneAnswer = (value: unknown, control: Control | undefined): boolean =>
  typeof value !== 'object' || value === null || ofManyParts.includes(control);

const isText = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';
const isAmong = (value: unknown, choices: readonly unknown[] = []): boolean =>
  choices.length === 0 || choices.includes(value);

/** Whether a person would see this answer in the field, be it with an error; of years only the next form knows. */
const shows: Readonly<Partial<Record<Control, (value: unknown, schema: Schema) => boolean>>> = {
  text: isText,
  textarea: isText,
  number: isText,
  decimal: isText,
  date: isText,
  checkbox: value => typeof value === 'boolean',
  radio: (value, { enum: choices = [true, false] }) => isAmong(value, choices),
  select: (value, { enum: choices }) => isAmong(value, choices),
  checkboxes: (value, { items }) =>
    Array.isArray(value) && value.every(one => isAmong(one, (items as Schema | undefined)?.enum)),
  file: value => typeof value === 'object',
  subventions: value => typeof value === 'object',
  paragraph: () => false,
  sum: () => false,
};

type HasPlace = (value: unknown, control: Control | undefined, schema: Schema) => boolean;

const isShown: HasPlace = (value, control, schema) =>
  isOneAnswer(value, control) && ((control && shows[control]?.(value, schema)) ?? true);

/** Patterns of the answers that a form has no place for. */
const strangersIn = (form: CompiledForm, answers: Answers, hasPlace: HasPlace): ReadonlySet<string> => {
  const strangers = new Set<string>();
  const walk = (value: unknown, spot: Spot | undefined, pattern: string): void => {
    if (isEmpty(value)) return;
    const control = spot && controlOf(spot.schema, spot.ui);
    if (spot && control === 'list' && Array.isArray(value))
      for (const [index, item] of value.entries()) walk(item, inner(spot, 'items', index), `${pattern}/*`);
    else if (isObject(value) && (control === 'group' || !spot))
      for (const [name, part] of Object.entries(value))
        walk(part, spot && inner(spot, name), pointerTo(pattern, name));
    else if (
      !spot ||
      !control ||
      control === 'group' ||
      control === 'list' ||
      !hasPlace(value, control, spot.schema)
    )
      strangers.add(pattern);
  };
  walk(answers, { schema: possible(form.schema), ui: form.uiSchema }, '');
  return strangers;
};

/** Only what a person answered under this form: no sums, no constants, no defaults left as they were. */
const ownAnswers = (form: CompiledForm, answers: Answers, hasPlace: HasPlace): Answers => {
  const walk = (value: unknown, spot: Spot | undefined): unknown => {
    const control = spot && controlOf(spot.schema, spot.ui);
    if (!spot || nobodysOwn.includes(control)) return undefined;
    if (control === 'group') return isObject(value) ? groupOf(value, spot) : undefined;
    if (control === 'list')
      return Array.isArray(value)
        ? value.map((item, index) => walk(item, inner(spot, 'items', index)) ?? null)
        : undefined;
    return isUntouched(value, spot.schema) || !hasPlace(value, control, spot.schema) ? undefined : value;
  };
  const groupOf = (value: object, spot: Spot): object | undefined => {
    const parts = Object.entries(value).flatMap(([name, part]) => {
      const kept = walk(part, inner(spot, name));
      return kept === undefined ? [] : [[name, kept] as const];
    });
    return parts.length > 0 ? Object.fromEntries(parts) : undefined;
  };
  const whole = { schema: possible(form.schema), ui: form.uiSchema };
  return ((isObject(answers) && groupOf(answers, whole)) || {}) as Answers;
};

const migrate = (answers: Answers, steps: readonly MigrationStep[]): Moved =>
  steps.reduce(step, { answers, overwritten: [] });

/**
 * Patterns of what a person answered under the old version and the new one would have no place for, could not show where
 * the old one did, or would put another answer in the place of.
 */
export const lostBy = (from: CompiledForm, to: CompiledForm, answers: Answers): readonly string[] => {
  const lost = [isOneAnswer, isShown].flatMap(hasPlace => {
    const steps = stepsFrom(to.migrations, from.version);
    const { answers: moved, overwritten } = migrate(ownAnswers(from, answers, hasPlace), steps);
    return [...strangersIn(to, moved, hasPlace), ...overwritten];
  });
  return [...new Set(lost)];
};

/**
 * The answers as the newer version takes them, or undefined where that would lose one: then the draft stays with the
 * version it was begun under.
 */
export const carriedOver = (from: CompiledForm, to: CompiledForm, answers: Answers): Answers | undefined =>
  lostBy(from, to, answers).length > 0
    ? undefined
    : migrate(answers, stepsFrom(to.migrations, from.version)).answers;
