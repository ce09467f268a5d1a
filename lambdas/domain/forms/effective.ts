import { holds } from './interpret.ts';
import { remembered } from './remembered.ts';
import type { Schema } from './types.ts';

const largest = Math.max;
const smallest = Math.min;
/** Limits from two schemas hold together: the tighter one counts. */
const tighter: Readonly<Record<string, (...values: number[]) => number>> = {
  minItems: largest,
  minLength: largest,
  minimum: largest,
  exclusiveMinimum: largest,
  maxItems: smallest,
  maxLength: smallest,
  maximum: smallest,
  exclusiveMaximum: smallest,
};

const mergeProperties = (
  one: Readonly<Record<string, Schema>>,
  other: Readonly<Record<string, Schema>>,
): Record<string, Schema> => {
  const merged = { ...one };
  for (const [name, schema] of Object.entries(other)) {
    const first = merged[name];
    merged[name] = first ? merge(first, schema) : schema;
  }
  return merged;
};

/** Conditions of a schema as members of `allOf`, so that two schemas' own do not overwrite each other. */
const conditionsOf = remembered(
  ({ allOf = [], if: condition, then, else: otherwise }: Schema): readonly Schema[] =>
    condition === undefined
      ? allOf
      : [...allOf, { if: condition, ...(then && { then }), ...(otherwise && { else: otherwise }) }],
);

const withoutConditions = remembered(
  ({ allOf, if: _if, then, else: _else, ...rest }: Schema): Schema => rest,
);

const mergeWith = remembered((one: Schema) => remembered((other: Schema) => mergeAfresh(one, other)));

/** What holds when both do. The later one's words win, the tighter limits and every requirement stay. */
export const merge = (one: Schema, other: Schema): Schema => mergeWith(one)(other);

const mergeAfresh = (one: Schema, other: Schema): Schema => {
  const merged: Record<string, unknown> = { ...withoutConditions(one), ...withoutConditions(other) };
  if (one.properties && other.properties)
    merged.properties = mergeProperties(one.properties, other.properties);
  if (one.required && other.required) merged.required = [...new Set([...one.required, ...other.required])];
  if (one.enum && other.enum) merged.enum = one.enum.filter(value => other.enum?.includes(value));
  for (const [limit, choose] of Object.entries(tighter)) {
    const limits = [one, other].map(
      schema => (schema as Record<string, unknown>)[limit] as number | undefined,
    );
    if (limits.every(value => value !== undefined)) merged[limit] = choose(...(limits as number[]));
  }
  const conditions = [...conditionsOf(one), ...conditionsOf(other)];
  if (conditions.length > 0) merged.allOf = conditions;
  return merged;
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
