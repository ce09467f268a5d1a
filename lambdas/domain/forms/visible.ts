import { child, isEmpty, isObject, pointerTo } from './answers.ts';
import { plainDecimal } from './decimal.ts';
import { settleDuration, settleSubventions, sumOf } from './sums.ts';
import { type Field, treeOf } from './tree.ts';
import type { Answers, CompiledForm } from './types.ts';

/** An answer may change what is shown, and that again what counts as an answer; no form worth filling in needs more. */
const rounds = 40;

const fileKeys = [
  'description',
  'file_id',
  'fileName',
  'fileType',
  'integrationID',
  'isDeliveredLater',
  'isIncludedInOtherFile',
  'isNewAttachment',
  'size',
] as const;

const settleFile = (value: unknown): unknown => {
  if (!isObject(value)) return undefined;
  if (Array.isArray(value.files)) {
    const files = value.files.map(settleFile).filter(file => file !== undefined);
    return files.length > 0 ? { files } : undefined;
  }
  const known = fileKeys.filter(key => !isEmpty(value[key]) && typeof value[key] !== 'object');
  return known.length > 0 ? Object.fromEntries(known.map(key => [key, value[key]])) : undefined;
};

interface Whole {
  readonly answers: Answers;
  readonly tree: Field;
}

const noItems: readonly unknown[] = [];
const noValues = {};
/** What is no group, list or file where one is asked: kept, so that it is judged, but for what is in it. */
const misshapen = (value: unknown): unknown => {
  if (isEmpty(value)) return undefined;
  return typeof value !== 'object' ? value : Array.isArray(value) ? noItems : noValues;
};

/** A group with some values changed; the very same object where none is, so that sameness tells that all is settled. */
const withValues = (field: Field, kept: unknown, change: (field: Field) => unknown): unknown => {
  const before = isObject(kept) ? kept : (misshapen(kept) ?? {});
  if (!isObject(before)) return before;
  let after: Record<string, unknown> | undefined;
  for (const inner of field.fields) {
    const value = change(inner);
    if (value === inner.value) continue;
    after ??= { ...before };
    if (value === undefined) delete after[inner.name];
    else after[inner.name] = value;
  }
  return after ?? before;
};

const withItems = (field: Field, change: (field: Field) => unknown): unknown => {
  if (!Array.isArray(field.value)) return misshapen(field.value);
  const items = field.fields.map(item => change(item) ?? null);
  return items.every((item, index) => item === (field.value as unknown[])[index]) ? field.value : items;
};

/** Some of the city's schemas demand their notes among the answers: there they are as many nulls as paragraphs. */
const demandedNote = ({ required, schema: { type, items } }: Field): unknown => {
  if (!required || type !== 'array') return undefined;
  return Array.isArray(items) ? items.map(() => null) : [];
};

/** Goes no deeper than `after`, which is made here: what somebody sent may nest without end. */
const isSame = (before: unknown, after: unknown): boolean => {
  if (Array.isArray(after))
    return (
      Array.isArray(before) &&
      before.length === after.length &&
      after.every((item, index) => isSame(before[index], item))
    );
  if (!isObject(after)) return before === after;
  const names = Object.keys(after);
  return (
    isObject(before) &&
    Object.keys(before).length === names.length &&
    names.every(name => isSame(child(before, name), after[name]))
  );
};

const sameAs = (before: unknown, after: unknown): unknown => (isSame(before, after) ? before : after);

/** Puts in what nobody types: groups, sums, constants. Takes nothing away. */
const fill = (field: Field, whole: Whole): unknown => {
  switch (field.control) {
    case 'group':
      return withValues(field, field.value, inner => fill(inner, whole));
    case 'list':
      return Array.isArray(field.value) ? withItems(field, item => fill(item, whole)) : field.value;
    case 'sum':
      return sumOf(field, whole.answers, whole.tree);
    case 'subventions':
      return sameAs(field.value, settleSubventions(field, whole.answers));
    case 'paragraph':
      return sameAs(field.value, demandedNote(field));
    case 'duration':
      return settleDuration(field.value, whole.tree);
    case 'hidden':
      return isEmpty(field.value)
        ? sameAs(field.value, field.schema.default ?? field.schema.const)
        : field.value;
    default:
      return field.value;
  }
};

const known = ({ value, schema: { properties = {} } }: Field): unknown => {
  if (!isObject(value)) return value;
  for (const name in value)
    if (!Object.hasOwn(properties, name))
      return Object.fromEntries(Object.entries(value).filter(([name]) => Object.hasOwn(properties, name)));
  return value;
};

/** `1 200,50 €` is kept as the city's systems read it, `1200,50`; what is no such number stays as it was typed. */
const inPlainDecimals = (value: unknown): unknown =>
  typeof value === 'string' ? (plainDecimal(value) ?? value) : value;

/** Takes away what the form does not ask: hidden fields, unknown names, notes, empty texts. */
const strip = (field: Field): unknown => {
  switch (field.control) {
    case 'group':
      return withValues(field, known(field), strip);
    case 'list':
      return withItems(field, strip);
    case 'paragraph':
      return demandedNote(field) && field.value;
    case 'file':
      return sameAs(field.value, isObject(field.value) ? settleFile(field.value) : misshapen(field.value));
    case 'decimal':
      return isEmpty(field.value) ? undefined : inPlainDecimals(field.value);
    default:
      return isEmpty(field.value) ? undefined : field.value;
  }
};

export interface Settled {
  readonly answers: Answers;
  readonly tree: Field;
}

/**
 * The answers as the form takes them, and the form as it is with them: what a condition hides is gone (and with it what
 * only that showed), sums are reckoned, constants filled in, empty texts dropped, groups present. Unknown names do not
 * survive. Settled answers settle to themselves.
 */
export const settle = (form: CompiledForm, answers: Answers): Settled => {
  let whole: Settled = { answers, tree: treeOf(form, answers) };
  for (let round = 0; round < rounds; round += 1) {
    const filled = fill(whole.tree, whole) as Answers;
    const after = filled === whole.answers ? (strip(whole.tree) as Answers) : filled;
    if (after === whole.answers) return whole;
    whole = { answers: after, tree: treeOf(form, after) };
  }
  return whole;
};

/** What is sent and kept. */
export const stripHidden = (form: CompiledForm, answers: Answers): Answers => settle(form, answers).answers;

/** Patterns of the answers that only help to fill the form in (`helpers.ts`); `*` stands for every item of a list. */
export const helpersIn = (form: CompiledForm, answers: Answers): readonly string[] => {
  const found = new Set<string>();
  const walk = ({ ui, control, fields }: Field, pattern: string): void => {
    if (ui['misc:exclude-from-submit'] === true) found.add(pattern);
    else for (const inner of fields) walk(inner, pointerTo(pattern, control === 'list' ? '*' : inner.name));
  };
  walk(treeOf(form, answers), '');
  return [...found];
};
