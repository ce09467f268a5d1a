/**
 * The one interpreter of JSON Schema, for conditions and for single fields: it never compiles code, so it runs under our
 * content security policy, and it is the same in the browser and in Lambda. It knows the assertions that
 * `check-schema.ts` lets into a definition and no others; a test holds it against @cfworker/json-schema, which knows all
 * of draft-07 and costs a form page five times as much.
 */
import { child, isObject } from './answers.ts';

type Assertion = (value: unknown, argument: never, schema: Readonly<Record<string, unknown>>) => boolean;

const length = (text: string): number => {
  let characters = 0;
  for (const _ of text) characters += 1;
  return characters;
};

const isOfType = (value: unknown, type: string): boolean => {
  switch (type) {
    case 'object':
      return isObject(value);
    case 'array':
      return Array.isArray(value);
    case 'null':
      return value === null;
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
};

/** Of decimals, which binary numbers only come near: 0.3 is a multiple of 0.1. */
const isMultiple = (value: number, step: number): boolean => {
  const times = value / step;
  return Math.abs(times - Math.round(times)) <= 1e-9 * Math.max(1, Math.abs(times));
};

const patterns = new Map<string, RegExp>();
const regularExpression = (pattern: string): RegExp => {
  const known = patterns.get(pattern) ?? new RegExp(pattern, 'u');
  patterns.set(pattern, known);
  return known;
};

/** Assertions on one kind of value say nothing of any other. */
const ofNumbers =
  (holds: (value: number, limit: number) => boolean): Assertion =>
  (value, limit) =>
    typeof value !== 'number' || holds(value, limit);
const ofTexts =
  <Argument>(holds: (value: string, argument: Argument) => boolean): Assertion =>
  (value, argument) =>
    typeof value !== 'string' || holds(value, argument);
const ofLists =
  <Argument>(
    holds: (
      value: readonly unknown[],
      argument: Argument,
      schema: Readonly<Record<string, unknown>>,
    ) => boolean,
  ): Assertion =>
  (value, argument, schema) =>
    !Array.isArray(value) || holds(value, argument, schema);
const ofObjects =
  <Argument>(holds: (value: Readonly<Record<string, unknown>>, argument: Argument) => boolean): Assertion =>
  (value, argument) =>
    !isObject(value) || holds(value, argument);

const itemsHold = (
  list: readonly unknown[],
  items: object,
  { additionalItems }: Readonly<Record<string, unknown>>,
) =>
  list.every((item, index) => {
    const schema = Array.isArray(items) ? (items[index] ?? additionalItems) : items;
    return schema === undefined || holds(item, schema);
  });

/** In the order in which a person can mend what is wrong: what it is at all before how much of it. */
const assertions: Readonly<Record<string, Assertion>> = {
  type: (value, type: string | readonly string[]) =>
    typeof type === 'string' ? isOfType(value, type) : type.some(one => isOfType(value, one)),
  const: (value, wanted) => value === wanted,
  enum: (value, wanted: readonly unknown[]) => wanted.includes(value),
  minLength: ofTexts((text, least: number) => length(text) >= least),
  maxLength: ofTexts((text, most: number) => length(text) <= most),
  pattern: ofTexts((text, pattern: string) => regularExpression(pattern).test(text)),
  minimum: ofNumbers((number, least) => number >= least),
  maximum: ofNumbers((number, most) => number <= most),
  exclusiveMinimum: ofNumbers((number, below) => number > below),
  exclusiveMaximum: ofNumbers((number, above) => number < above),
  multipleOf: ofNumbers(isMultiple),
  minItems: ofLists((list, least: number) => list.length >= least),
  maxItems: ofLists((list, most: number) => list.length <= most),
  uniqueItems: ofLists((list, isDemanded: boolean) => {
    const written = new Set(list.map(item => JSON.stringify(item)));
    return !isDemanded || written.size === list.length;
  }),
  items: ofLists(itemsHold),
  contains: ofLists((list, schema: object) => list.some(item => holds(item, schema))),
  required: ofObjects((object, names: readonly string[]) => names.every(name => Object.hasOwn(object, name))),
  properties: ofObjects((object, schemas: Readonly<Record<string, object>>) =>
    Object.entries(schemas).every(
      ([name, schema]) => !Object.hasOwn(object, name) || holds(child(object, name), schema),
    ),
  ),
  not: (value, schema: object) => !holds(value, schema),
  allOf: (value, schemas: readonly object[]) => schemas.every(schema => holds(value, schema)),
  anyOf: (value, schemas: readonly object[]) => schemas.some(schema => holds(value, schema)),
  oneOf: (value, schemas: readonly object[]) => schemas.filter(schema => holds(value, schema)).length === 1,
};

/** The first assertion of a schema that a value breaks, or undefined when it keeps them all. */
export const brokenKeyword = (value: unknown, schema: object): string | undefined => {
  for (const keyword in assertions) {
    const argument = (schema as Record<string, unknown>)[keyword];
    if (argument !== undefined && !assertions[keyword]?.(value, argument as never, schema as never))
      return keyword;
  }
  return undefined;
};

export const holds = (value: unknown, schema: object): boolean => brokenKeyword(value, schema) === undefined;
