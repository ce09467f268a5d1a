/** Reads `schema.json` as it was written: whatever the portal would not carry out is an error at its place. */
import { isObject, pointerTo } from './answers.ts';
import { formats } from './formats.ts';
import { patternProblem, slowPatternProblem } from './pattern.ts';
import { isChoiceList, onlyType } from './plain-schema.ts';
import type { Reporter } from './problem.ts';

type Mode = 'form' | 'condition';
type Check = (value: unknown) => boolean;

const types = ['object', 'array', 'string', 'integer', 'number', 'boolean', 'null'];
const isText: Check = value => typeof value === 'string';
const isNumber: Check = value => typeof value === 'number' && Number.isFinite(value);
const isCount: Check = value => Number.isInteger(value) && (value as number) >= 0;
const isFlag: Check = value => typeof value === 'boolean';
const isScalar: Check = value => ['string', 'number', 'boolean'].includes(typeof value);
const isNames: Check = value => Array.isArray(value) && value.every(isText);
/** Nothing may be among the choices, where something is. */
const isChoice: Check = value =>
  Array.isArray(value) &&
  value.some(one => isScalar(one) && one !== '') &&
  value.every(one => isScalar(one) || one === null);
const isRow: Check = value => isObject(value) && isScalar(value.id) && isText(value.label);
const isRows: Check = value => Array.isArray(value) && value.length > 0 && value.every(isRow);
const anything: Check = () => true;

const assertions: Readonly<Record<string, readonly [Check, string]>> = {
  type: [
    value =>
      types.includes(onlyType(value) as string) && [value].flat().every(one => types.includes(one as string)),
    `must be one of ${types.join(', ')}, or one of them and null`,
  ],
  required: [isNames, 'must be a list of property names'],
  enum: [isChoice, 'must be a list of texts, numbers or booleans'],
  const: [isScalar, 'must be a text, a number or a boolean'],
  minItems: [isCount, 'must be a count'],
  maxItems: [isCount, 'must be a count'],
  uniqueItems: [isFlag, 'must be true or false'],
  minLength: [isCount, 'must be a count'],
  maxLength: [isCount, 'must be a count'],
  pattern: [isText, 'must be a regular expression'],
  minimum: [isNumber, 'must be a number'],
  maximum: [isNumber, 'must be a number'],
  exclusiveMinimum: [isNumber, 'must be a number'],
  exclusiveMaximum: [isNumber, 'must be a number'],
  multipleOf: [value => isNumber(value) && (value as number) > 0, 'must be a number above 0'],
  $comment: [anything, ''],
};
const described: typeof assertions = {
  ...assertions,
  $schema: [isText, 'must be a text'],
  $id: [isText, 'must be a text'],
  title: [isText, 'must be a text'],
  description: [isText, 'must be a text'],
  default: [anything, ''],
  format: [
    value => typeof value === 'string' && Object.hasOwn(formats, value),
    `must be one of ${Object.keys(formats).join(', ')}`,
  ],
  enumNames: [isNames, 'must be a list of texts'],
  examples: [value => Array.isArray(value), 'must be a list'],
  options: [isRows, 'must be a list of {id, label}'],
  additionalProperties: [isFlag, 'must be true or false: a form has fields by name only'],
};

/** Keywords that hold further schemas, and how. */
const nested: Readonly<Record<Mode, Readonly<Record<string, 'one' | 'list' | 'map' | 'items'>>>> = {
  form: {
    properties: 'map',
    definitions: 'map',
    $defs: 'map',
    allOf: 'list',
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
    then: 'one',
    else: 'one',
    items: 'items',
    additionalItems: 'one',
    prefixItems: 'list',
    dependentSchemas: 'map',
  },
  condition: {
    properties: 'map',
    allOf: 'list',
    anyOf: 'list',
    oneOf: 'list',
    not: 'one',
    items: 'items',
    contains: 'one',
  },
};

const forbiddenNames = ['__proto__', 'constructor', 'prototype'];

interface Walk {
  readonly report: Reporter;
  readonly mode: Mode;
}

const checkMap = (value: unknown, pointer: string, walk: Walk): void => {
  if (!isObject(value)) {
    walk.report.error(pointer, 'must be an object');
    return;
  }
  for (const [name, schema] of Object.entries(value)) {
    if (forbiddenNames.includes(name))
      walk.report.error(pointerTo(pointer, name), 'a name that no field may have');
    checkSchema(schema, pointerTo(pointer, name), walk);
  }
};

const checkList = (value: unknown, pointer: string, walk: Walk): void => {
  if (!Array.isArray(value)) {
    walk.report.error(pointer, 'must be a list of schemas');
    return;
  }
  for (const [index, schema] of value.entries()) checkSchema(schema, pointerTo(pointer, index), walk);
};

const checkNested = (kind: string, value: unknown, pointer: string, walk: Walk): void => {
  if (kind === 'map') checkMap(value, pointer, walk);
  else if (kind === 'list' || (kind === 'items' && Array.isArray(value))) checkList(value, pointer, walk);
  else checkSchema(value, pointer, walk);
};

const checkPattern = (value: string, pointer: string, { mode, report }: Walk): void => {
  const problem = (mode === 'condition' ? slowPatternProblem : patternProblem)(value);
  if (problem !== undefined) report.error(pointer, `a pattern that is refused: ${problem}`);
};

/** Name → the names it demands, or a schema that holds once it is answered. */
const checkDependencies = (value: unknown, pointer: string, walk: Walk): void => {
  if (!isObject(value)) {
    walk.report.error(pointer, 'must be an object');
    return;
  }
  for (const [name, demanded] of Object.entries(value)) {
    if (isNames(demanded)) continue;
    checkSchema(demanded, pointerTo(pointer, name), walk);
  }
};

const checkChoices = (keyword: string, value: unknown, pointer: string, { report }: Walk): void => {
  if (!isChoiceList(value)) report.error(pointer, `${keyword} is supported as a list of {const, title} only`);
};

const checkKeyword = (keyword: string, value: unknown, pointer: string, walk: Walk): void => {
  const { mode, report } = walk;
  const kind = Object.hasOwn(nested[mode], keyword) ? nested[mode][keyword] : undefined;
  if (kind) {
    checkNested(kind, value, pointer, walk);
    return;
  }
  if (mode === 'form' && (keyword === 'oneOf' || keyword === 'anyOf')) {
    checkChoices(keyword, value, pointer, walk);
    return;
  }
  if (mode === 'form' && (keyword === 'dependencies' || keyword === 'dependentRequired')) {
    checkDependencies(value, pointer, walk);
    return;
  }
  if (keyword === 'if' && mode === 'form') {
    checkSchema(value, pointer, { ...walk, mode: 'condition' });
    return;
  }
  const words = mode === 'form' ? described : assertions;
  const known = Object.hasOwn(words, keyword) ? words[keyword] : undefined;
  if (!known) {
    report.error(pointer, `${keyword} is not supported${mode === 'condition' ? ' in a condition' : ''}`);
    return;
  }
  if (!known[0](value)) {
    report.error(pointer, `${keyword} ${known[1]}`);
    return;
  }
  if (keyword === 'pattern') checkPattern(value as string, pointer, walk);
};

const checkReference = (reference: unknown, pointer: string, report: Reporter): void => {
  if (typeof reference !== 'string' || !reference.startsWith('#/'))
    report.error(pointer, 'a reference must lead into the same file: #/definitions/…');
};

/** `false` after a tuple's own items: no more of them. */
const endsTuple = (schema: Readonly<Record<string, unknown>>, keyword: string): boolean =>
  typeof schema[keyword] === 'boolean' &&
  (keyword === 'additionalItems' || (keyword === 'items' && 'prefixItems' in schema));

/** One schema of the file and all in it. */
export const checkSchema = (schema: unknown, pointer: string, walk: Walk): void => {
  if (!isObject(schema)) {
    walk.report.error(pointer, 'must be an object, such as {"type": "string"}');
    return;
  }
  for (const [keyword, value] of Object.entries(schema)) {
    const at = pointerTo(pointer, keyword);
    if (keyword === '$ref') checkReference(value, at, walk.report);
    else if (!endsTuple(schema, keyword)) checkKeyword(keyword, value, at, walk);
  }
  for (const keyword of ['then', 'else'])
    if (keyword in schema && !('if' in schema))
      walk.report.error(pointerTo(pointer, keyword), `${keyword} without if`);
};
