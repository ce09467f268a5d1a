import { withValue } from './answers.ts';
import { emptyItem, everyField, type Field } from './tree.ts';
import type { Answers, CompiledForm } from './types.ts';
import { settle } from './visible.ts';

/** A list that must not be empty begins with its items; one that may be begins without, unless its definition says with which. */
const firstItems = ({ required, schema }: Field): readonly unknown[] | undefined => {
  if (Array.isArray(schema.default) && schema.default.length > 0) return schema.default;
  const own = Array.isArray(schema.items) ? schema.items.length : 0;
  const count = required ? Math.max(own, schema.minItems ?? 0) : own;
  return count > 0 ? Array.from({ length: count }, (_, index) => emptyItem(schema, index)) : undefined;
};

const startOf = (field: Field): unknown => {
  switch (field.control) {
    case 'group':
    case 'paragraph':
    case 'hidden':
    case 'sum':
      return undefined;
    case 'list':
      return firstItems(field);
    case 'checkbox':
      return field.schema.default ?? (field.schema.const === undefined ? false : undefined);
    default:
      return field.schema.default;
  }
};

/** Lists in lists in lists: nobody nests deeper. */
const rounds = 8;

/**
 * The answers with the defaults of fields that have just appeared: all of a new form's, those a condition or a new item
 * brought. `known` are the pointers of the fields there were before: what a person has emptied stays empty.
 */
export const withDefaults = (
  form: CompiledForm,
  answers: Answers,
  known: ReadonlySet<string> = new Set(),
): Answers => {
  let filled = answers;
  const seen = new Set(known);
  for (let round = 0; round < rounds; round += 1) {
    const fresh = [...everyField(settle(form, filled).tree)].filter(({ pointer }) => !seen.has(pointer));
    if (fresh.length === 0) return filled;
    for (const field of fresh) {
      seen.add(field.pointer);
      const start = field.value === undefined ? startOf(field) : undefined;
      if (start !== undefined) filled = withValue(filled, field.pointer, start);
    }
  }
  return filled;
};

export const pointersOf = (tree: Field): ReadonlySet<string> =>
  new Set([...everyField(tree)].map(({ pointer }) => pointer));
