/**
 * Finds what a department cannot have meant: limits that exclude each other, values that a field offers and would then
 * refuse, keywords that say nothing of their field's type. JSON Schema allows all that; whoever fills in such a form
 * meets a question that nobody can answer, or a limit that is none.
 */
import { isObject, pointerTo } from './answers.ts';
import { brokenKeyword } from './interpret.ts';
import { longestArea, longestJudged } from './length.ts';
import type { Reporter } from './problem.ts';
import { sourceOf } from './source.ts';
import { readableName } from './text.ts';
import type { FormTexts } from './translations.ts';
import { mostItems } from './tree.ts';
import type { Schema } from './types.ts';

type Keyword = keyof Schema;
type Kind = 'object' | 'array' | 'string' | 'number';

const keywordsOf: Readonly<Record<Kind, readonly Keyword[]>> = {
  object: ['properties', 'required'],
  array: ['items', 'additionalItems', 'minItems', 'maxItems', 'uniqueItems'],
  string: ['minLength', 'maxLength', 'pattern', 'format'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
};

/** The lower one's name, the higher one's, and whether both may be the same. */
const limits: readonly (readonly [Keyword, Keyword, boolean])[] = [
  ['minLength', 'maxLength', true],
  ['minItems', 'maxItems', true],
  ['minimum', 'maximum', true],
  ['minimum', 'exclusiveMaximum', false],
  ['exclusiveMinimum', 'maximum', false],
  ['exclusiveMinimum', 'exclusiveMaximum', false],
];

/** What the portal itself allows. */
const most: readonly (readonly [Keyword, number])[] = [
  ['minItems', mostItems({})],
  ['minLength', longestArea],
  ['maxLength', longestArea],
];

interface Walk {
  readonly report: Reporter;
  readonly texts: Pick<FormTexts, 'use' | 'has'>;
  /** The file of the schema. */
  readonly file: string;
}

const checkType = (schema: Schema, at: string, { report }: Walk): void => {
  const { type } = schema;
  if (type === undefined) return;
  for (const [kind, keywords] of Object.entries(keywordsOf))
    for (const keyword of kind === type.replace('integer', 'number') ? [] : keywords)
      if (schema[keyword] !== undefined)
        report.error(pointerTo(at, keyword), `${keyword} says nothing of type ${type}: it is for ${kind}`);
};

const checkLimits = (schema: Schema, at: string, { report }: Walk): void => {
  for (const [low, high, maybeSame] of limits) {
    const [least, largest] = [schema[low], schema[high]] as (number | undefined)[];
    if (least === undefined || largest === undefined || least < largest) continue;
    if (least > largest || !maybeSame)
      report.error(pointerTo(at, low), `no answer keeps both this and ${high} ${largest}`);
  }
  for (const [keyword, limit] of most)
    if (Number(schema[keyword] ?? 0) > limit)
      report.error(pointerTo(at, keyword), `the portal takes at most ${limit}`);
  if (schema.pattern !== undefined && (schema.minLength ?? 0) > longestJudged)
    report.error(pointerTo(at, 'minLength'), `an answer with a pattern may have at most ${longestJudged}`);
};

/** A field's own assertions, without those that only some answers bring. */
const ownOf = ({ allOf, if: _if, then, else: _else, ...own }: Schema): Schema => own;

const checkChoices = (schema: Schema, at: string, { report }: Walk): void => {
  const { enum: choice, enumNames, const: constant, ...rest } = ownOf(schema);
  const refuse = (value: unknown, pointer: string, others: Schema) => {
    const keyword = brokenKeyword(value, others);
    if (keyword !== undefined)
      report.error(pointer, `the field's own ${keyword} refuses ${JSON.stringify(value)}`);
  };
  if (constant !== undefined)
    refuse(constant, pointerTo(at, 'const'), { ...rest, ...(choice && { enum: choice }) });
  for (const [index, value] of (choice ?? []).entries()) {
    const pointer = `${at}/enum/${index}`;
    if (choice?.indexOf(value) !== index) report.error(pointer, 'this value is in the list already');
    refuse(value, pointer, rest);
  }
  if (choice && enumNames && enumNames.length !== choice.length)
    report.error(pointerTo(at, 'enumNames'), 'as many names are needed as enum has values');
};

const isNothing = (value: unknown): boolean =>
  value === '' || value === null || (typeof value === 'object' && Object.keys(value as object).length === 0);

const checkDefault = (schema: Schema, at: string, { report }: Walk): void => {
  const { default: start, ...own } = ownOf(schema);
  if (start === undefined || isNothing(start)) return;
  const pointer = pointerTo(at, 'default');
  const keyword = brokenKeyword(start, own);
  if (keyword !== undefined) report.error(pointer, `the field's own ${keyword} refuses its default`);
  else if (isObject(start)) report.error(pointer, 'give defaults to the fields themselves');
};

const checkNames = ({ properties = {} }: Schema, at: string, { report }: Walk): void => {
  for (const [name, inner] of Object.entries(properties))
    if (readableName(name) === '' && !inner.title)
      report.error(pointerTo(pointerTo(at, 'properties'), name), 'a field needs a name or a title');
};

/** Conditions may leave fewer to choose from than there are names for: all of them are read here. */
const useNames = ({ enum: choice = [], enumNames }: Schema, at: string, { texts, file }: Walk): void => {
  for (const [index, name] of (enumNames ?? []).entries()) texts.use(name, file, `${at}/enumNames/${index}`);
  for (const [index, value] of enumNames ? [] : choice.entries())
    if (typeof value === 'string' && texts.has(value)) texts.use(value, file, `${at}/enum/${index}`);
};

/** A field is said in parts: what always holds, and what only some answers bring. */
interface Part {
  readonly schema: Schema;
  readonly isSure: boolean;
}

const partsOf = (schema: Schema, isSure = true): readonly Part[] => [
  { schema, isSure },
  ...(schema.allOf ?? []).flatMap(part => partsOf(part, isSure)),
  ...[schema.then, schema.else].flatMap(branch => (branch ? partsOf(branch, false) : [])),
];

/** Where parts are joined the later one's word counts: it must not be another. */
const checkJoined = (parts: readonly Part[], { report }: Walk): void => {
  for (const keyword of ['type', 'format', 'const'] as const) {
    const sure = parts.find(({ schema, isSure }) => isSure && schema[keyword] !== undefined)?.schema;
    for (const { schema } of sure ? parts : [])
      if (schema[keyword] !== undefined && schema[keyword] !== sure?.[keyword])
        report.error(
          pointerTo(sourceOf(schema) ?? '', keyword),
          `the same field has another ${keyword} at ${(sure && sourceOf(sure)) || 'the root'}`,
        );
  }
  const lists = parts.filter(({ schema: { items } }) => items !== undefined);
  const tuple = lists.find(({ schema: { items } }) => Array.isArray(items));
  if (tuple && lists.length > 1 && lists.some(({ isSure }) => isSure))
    report.error(pointerTo(sourceOf(tuple.schema) ?? '', 'items'), 'the same list has other items elsewhere');
};

const ofProperty = (parts: readonly Part[], name: string): readonly Part[] =>
  parts.flatMap(({ schema: { properties }, isSure }) =>
    properties && Object.hasOwn(properties, name) ? partsOf(properties[name] as Schema, isSure) : [],
  );

const namesOf = (parts: readonly Part[]): ReadonlySet<string> =>
  new Set(parts.flatMap(({ schema: { properties } }) => Object.keys(properties ?? {})));

/** Of a plain list all parts speak of the same items, of a tuple each of its own. */
const itemsOf = (parts: readonly Part[]): readonly (readonly Part[])[] => {
  const plain = parts.flatMap(({ schema: { items }, isSure }) =>
    items === undefined || Array.isArray(items) ? [] : partsOf(items as Schema, isSure),
  );
  const others = parts.flatMap(({ schema: { items, additionalItems } }) => [
    ...(Array.isArray(items) ? (items as readonly Schema[]) : []),
    ...(additionalItems ? [additionalItems] : []),
  ]);
  return [plain, ...others.map(item => partsOf(item))];
};

const checkRequired = (parts: readonly Part[], { report }: Walk): void => {
  const names = namesOf(parts);
  for (const { schema } of parts)
    for (const name of schema.required ?? [])
      if (!names.has(name))
        report.error(
          pointerTo(sourceOf(schema) ?? '', 'required'),
          `${name} is required but there is no such field`,
        );
};

const checkParts = (parts: readonly Part[], walk: Walk): void => {
  for (const { schema } of parts) {
    const at = sourceOf(schema) ?? '';
    for (const check of [checkType, checkLimits, checkChoices, checkDefault, checkNames, useNames])
      check(schema, at, walk);
  }
  checkJoined(parts, walk);
  checkRequired(parts, walk);
  for (const name of namesOf(parts)) checkParts(ofProperty(parts, name), walk);
  for (const items of itemsOf(parts)) if (items.length > 0) checkParts(items, walk);
};

/** Takes the schema without its references. */
export const checkSense = (root: Schema, walk: Walk): void => checkParts(partsOf(root), walk);
