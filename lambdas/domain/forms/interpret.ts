/**
 * The one interpreter of JSON Schema, for conditions and for single fields: it never compiles code, so it runs under our
 * content security policy, and it is the same in the browser and in Lambda. It knows the assertions that
 * `check-schema.ts` lets into a definition and no others; a test holds it against @cfworker/json-schema, which knows all
 * of draft-07 and costs a form page five times as much.
 */
import { isObject } from './answers.ts';
import { isTooDeep } from './depth.ts';
import { remembered } from './remembered.ts';

type Assertion = (value: unknown, argument: never, schema: Readonly<Record<string, unknown>>) => boolean;

const length = (text: string): number => {
  let characters = 0;
  for (const _ of text) characters += 1;
  return characters;
};

/** A character is one or two units: mostly there is no need to count them. */
const isAtLeast = (text: string, least: number): boolean =>
  text.length >= 2 * least || (text.length >= least && length(text) >= least);
export const isAtMost = (text: string, most: number): boolean =>
  text.length <= most || (text.length <= 2 * most && length(text) <= most);

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
const isMultiple = (value: number, steps: number | readonly number[]): boolean =>
  [steps].flat().every(step => {
    const times = value / step;
    return Math.abs(times - Math.round(times)) <= 1e-9 * Math.max(1, Math.abs(times));
  });

const patterns = new Map<string, RegExp>();
const regularExpression = (pattern: string): RegExp => {
  const known = patterns.get(pattern);
  if (known) return known;
  const made = new RegExp(pattern, 'u');
  patterns.set(pattern, made);
  return made;
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

/** What nests without end is like nothing else. */
const written = (item: unknown): string | symbol => (isTooDeep(item) ? Symbol('deep') : JSON.stringify(item));

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
  minLength: ofTexts(isAtLeast),
  maxLength: ofTexts(isAtMost),
  pattern: ofTexts((text, patterns: string | readonly string[]) =>
    [patterns].flat().every(pattern => regularExpression(pattern).test(text)),
  ),
  minimum: ofNumbers((number, least) => number >= least),
  maximum: ofNumbers((number, most) => number <= most),
  exclusiveMinimum: ofNumbers((number, below) => number > below),
  exclusiveMaximum: ofNumbers((number, above) => number < above),
  multipleOf: ofNumbers(isMultiple),
  minItems: ofLists((list, least: number) => list.length >= least),
  maxItems: ofLists((list, most: number) => list.length <= most),
  uniqueItems: ofLists((list, isDemanded: boolean) => {
    return !isDemanded || new Set(list.map(written)).size === list.length;
  }),
  items: ofLists(itemsHold),
  contains: ofLists((list, schema: object) => list.some(item => holds(item, schema))),
  required: ofObjects((object, names: readonly string[]) => names.every(name => Object.hasOwn(object, name))),
  properties: ofObjects((object, schemas: Readonly<Record<string, object>>) => {
    for (const name in schemas)
      if (Object.hasOwn(object, name) && !holds(object[name], schemas[name] as object)) return false;
    return true;
  }),
  not: (value, schema: object) => !holds(value, schema),
  allOf: (value, schemas: readonly object[]) => schemas.every(schema => holds(value, schema)),
  anyOf: (value, schemas: readonly object[]) => schemas.some(schema => holds(value, schema)),
  if: (value, condition: object, schema) => {
    const branch = (holds(value, condition) ? schema.then : schema.else) as object | undefined;
    return branch === undefined || holds(value, branch);
  },
  oneOf: (value, schemas: readonly object[]) => schemas.filter(schema => holds(value, schema)).length === 1,
};

const keeps = (value: unknown, schema: object, keyword: string): boolean => {
  const assertion = Object.hasOwn(assertions, keyword) ? assertions[keyword] : undefined;
  const argument = (schema as Record<string, unknown>)[keyword];
  return (
    assertion === undefined || argument === undefined || assertion(value, argument as never, schema as never)
  );
};

export const holds = (value: unknown, schema: object): boolean => {
  for (const keyword in schema) if (!keeps(value, schema, keyword)) return false;
  return true;
};

interface Rule {
  readonly keyword: string;
  readonly assertion: Assertion;
  readonly argument: never;
}

/** A field's rules are asked at every key press, and live as long as its form. */
const rulesOf = remembered((schema: object): readonly Rule[] =>
  Object.entries(assertions).flatMap(([keyword, assertion]) => {
    const argument = (schema as Record<string, unknown>)[keyword];
    return argument === undefined ? [] : [{ keyword, assertion, argument: argument as never }];
  }),
);

/** The first assertion of a schema that a value breaks, or undefined when it keeps them all. */
export const brokenKeyword = (value: unknown, schema: object): string | undefined => {
  for (const { keyword, assertion, argument } of rulesOf(schema))
    if (!assertion(value, argument, schema as never)) return keyword;
  return undefined;
};
