import { holds } from './interpret.ts';
import { remembered } from './remembered.ts';
import type { Schema } from './types.ts';

type Merged = Record<string, unknown>;

const mergeEach = (
  one: Readonly<Merged>,
  other: Readonly<Merged>,
  join: (name: string, first: unknown, second: unknown) => unknown,
): Merged => {
  const merged = { ...one };
  for (const [name, value] of Object.entries(other))
    merged[name] = Object.hasOwn(merged, name) ? join(name, merged[name], value) : value;
  return merged;
};

const merged = (_: string, one: unknown, other: unknown): Schema => merge(one as Schema, other as Schema);

/** What a keyword says of a field that two schemas speak of. */
const joined = (keyword: string, one: unknown, other: unknown): unknown => {
  // Limits hold together: the tighter one counts.
  if (/min/i.test(keyword)) return Math.max(one as number, other as number);
  if (/max/i.test(keyword)) return Math.min(one as number, other as number);
  switch (keyword) {
    case 'properties':
      return mergeEach(one as Merged, other as Merged, merged);
    case 'items':
      return merged(keyword, one, other);
    case 'required':
    case 'pattern':
    case 'multipleOf':
      return [...new Set([one, other].flat())];
    case 'enum':
      return (one as unknown[]).filter(value => (other as unknown[]).includes(value));
    case 'uniqueItems':
      return one || other;
    default:
      return other;
  }
};

/** Conditions of a schema as members of `allOf`, so that two schemas' own do not overwrite each other. */
const conditionsOf = remembered(
  ({ allOf = [], if: condition, then, else: otherwise }: Schema): readonly Schema[] =>
    condition ? [...allOf, { if: condition, then, else: otherwise } as Schema] : allOf,
);

const withoutConditions = remembered(
  ({ allOf, if: _if, then, else: _else, ...rest }: Schema): Schema => rest,
);

const mergeWith = remembered((one: Schema) => remembered((other: Schema) => mergeAfresh(one, other)));

/** What holds when both do: of words the later one's, of limits the tighter, and every requirement. */
export const merge = (one: Schema, other: Schema): Schema => mergeWith(one)(other);

const mergeAfresh = (one: Schema, other: Schema): Schema => {
  const both = mergeEach(withoutConditions(one) as Merged, withoutConditions(other) as Merged, joined);
  // Fewer to choose from keep the names they have.
  if (one.enum && other.enum) both.named = other.enumNames ? other.enum : (one.named ?? one.enum);
  const conditions = [...conditionsOf(one), ...conditionsOf(other)];
  if (conditions.length > 0) both.allOf = conditions;
  return both;
};

const unconditional = remembered(({ if: _if, then, else: _else, ...rest }: Schema): Schema => rest);

/** What a schema demands of this value: its `if`s decided, its `allOf` joined. Deeper levels are decided in their turn. */
export const effective = (schema: Schema, value: unknown): Schema => {
  if (!schema.allOf && !schema.if) return schema;
  return conditionsOf(schema).reduce((sum, part) => {
    const branch = part.if && (holds(value ?? null, part.if) ? part.then : part.else);
    const rest = unconditional(part);
    return merge(sum, effective(branch ? merge(rest, branch) : rest, value));
  }, withoutConditions(schema));
};

/** Everything a schema could demand, whatever the answers: both branches of every `if`. For checks and listings only. */
export const possible = (schema: Schema): Schema => {
  if (!schema.allOf && !schema.if) return schema;
  return conditionsOf(schema).reduce((sum, part) => {
    const branches = [unconditional(part), part.then, part.else].filter(branch => branch !== undefined);
    return branches.reduce((all, branch) => merge(all, possible(branch)), sum);
  }, withoutConditions(schema));
};
