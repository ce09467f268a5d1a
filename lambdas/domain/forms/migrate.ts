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

const step = (answers: Answers, change: MigrationStep): Answers =>
  matches(answers, 'drop' in change ? change.drop : change.move).reduce((moved, [from, items]) => {
    const value = valueAt(moved, from);
    const without = withValue(moved, from, undefined);
    return 'drop' in change ? without : withValue(without, inItems(change.to, items), value);
  }, answers);

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

/** Patterns of the answers that a form has no place for. */
const strangersIn = (form: CompiledForm, answers: Answers): ReadonlySet<string> => {
  const strangers = new Set<string>();
  const walk = (value: unknown, spot: Spot | undefined, pattern: string): void => {
    if (isEmpty(value)) return;
    const control = spot && controlOf(spot.schema, spot.ui);
    if (spot && control === 'list' && Array.isArray(value))
      for (const [index, item] of value.entries()) walk(item, inner(spot, 'items', index), `${pattern}/*`);
    else if (isObject(value) && (control === 'group' || !spot))
      for (const [name, part] of Object.entries(value))
        walk(part, spot && inner(spot, name), pointerTo(pattern, name));
    else if (!spot || control === 'group' || control === 'list' || !isOneAnswer(value, control))
      strangers.add(pattern);
  };
  walk(answers, { schema: possible(form.schema), ui: form.uiSchema }, '');
  return strangers;
};

/** Only what a person answered under this form: no sums, no constants, no defaults left as they were. */
const ownAnswers = (form: CompiledForm, answers: Answers): Answers => {
  const walk = (value: unknown, spot: Spot | undefined): unknown => {
    const control = spot && controlOf(spot.schema, spot.ui);
    if (!spot || nobodysOwn.includes(control)) return undefined;
    if (control === 'group') return isObject(value) ? groupOf(value, spot) : undefined;
    if (control === 'list')
      return Array.isArray(value)
        ? value.map((item, index) => walk(item, inner(spot, 'items', index)) ?? null)
        : undefined;
    return isUntouched(value, spot.schema) || !isOneAnswer(value, control) ? undefined : value;
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

const migrate = (answers: Answers, steps: readonly MigrationStep[]): Answers => steps.reduce(step, answers);

/** Patterns of what a person answered under the old version and the new one would have no place for. */
export const lostBy = (from: CompiledForm, to: CompiledForm, answers: Answers): readonly string[] => [
  ...strangersIn(to, migrate(ownAnswers(from, answers), stepsFrom(to.migrations, from.version))),
];

/**
 * The answers as the newer version takes them, or undefined where that would lose one: then the draft stays with the
 * version it was begun under.
 */
export const carriedOver = (from: CompiledForm, to: CompiledForm, answers: Answers): Answers | undefined =>
  lostBy(from, to, answers).length > 0 ? undefined : migrate(answers, stepsFrom(to.migrations, from.version));
