/** Reads `uiSchema.json` beside the fields it speaks of. */
import { maximumBytes } from '../file-kinds.ts';
import { isObject, pointerTo } from './answers.ts';
import { controlOf, fieldNames, option, widgetNames } from './controls.ts';
import { isDateLimit } from './date-limits.ts';
import { possible } from './effective.ts';
import { isAccept } from './file-extensions.ts';
import { manyFiles } from './files.ts';
import { profileDetails } from './own-details.ts';
import type { Reporter } from './problem.ts';
import type { Control, Schema, UiSchema } from './types.ts';

type Check = (value: unknown) => boolean;
const isText: Check = value => typeof value === 'string';
const isFlag: Check = value => typeof value === 'boolean';
const isTexts: Check = value => Array.isArray(value) && value.every(isText);
const isCount: Check = value => Number.isInteger(value) && (value as number) >= 0;
const oneOf =
  (...values: readonly unknown[]): Check =>
  value =>
    values.includes(value);

/** Classes the city's forms use for looks; ours give them the same meaning. */
const classNames = ['hdbt-react-form__inline-field', 'hdbt-react-form__inline-field-group'];

const keywords: Readonly<Record<string, Check>> = {
  'ui:field': value => fieldNames.includes(value as string),
  'ui:widget': value => widgetNames.includes(value as string),
  'ui:options': isObject,
  'ui:help': isText,
  'ui:enumNames': isTexts,
  'ui:order': isTexts,
  'ui:classNames': value =>
    typeof value === 'string' && value.split(' ').every(name => classNames.includes(name)),
  /** What the browser may fill in by itself (WCAG 1.3.5): `given-name`, `tel`, … */
  'ui:autocomplete': isText,
  'misc:file-type': isCount,
  'misc:max-length': isCount,
  'misc:multiple': oneOf(true, false, 'true', 'false'),
  'misc:required': isFlag,
  'misc:phone': isFlag,
  'misc:exclude-from-submit': isFlag,
  'misc:variant': oneOf(
    'infobox',
    'infoBox',
    'simple',
    'width-s',
    'width-m',
    'width-l',
    'width-xl',
    'width-xxl',
  ),
  'misc:profilePrefill': isText,
};

const isStartGrant: Check = value =>
  isObject(value) && ['controlledBy', 'subventionId', 'valueWhenTrue'].every(key => isText(value[key]));

const options: Readonly<Record<string, Check>> = {
  addText: isText,
  removeText: isText,
  affirmativeExpands: isFlag,
  format: oneOf('decimal-number'),
  hidden: isFlag,
  hideFromPreview: isFlag,
  hideNameFromPrint: isFlag,
  printableName: isText,
  tooltipText: isText,
  tooltipLabel: isText,
  tooltipButtonLabel: isText,
  smallDescription: isText,
  mediumDescription: isText,
  largeDescription: isText,
  numericOutput: isFlag,
  sourceFields: isTexts,
  sourceShape: oneOf('scalar', 'subvention'),
  subventionType: value => isText(value) || isCount(value),
  useSingleSubvention: isFlag,
  startGrant: isStartGrant,
  // Ours: the field beside a postal code that takes its town.
  townField: isText,
  // Ours: the days a date field takes (`limits.ts`), and the field beside a time or date that it must come after.
  minDate: isDateLimit,
  maxDate: isDateLimit,
  after: isText,
  // Ours: how many files a field takes and how large each may be; the portal's own limits are the most.
  maxFiles: value => isCount(value) && (value as number) >= 1 && (value as number) <= manyFiles,
  // Of those the portal takes: `.pdf,.jpg`.
  accept: isAccept,
  maxMegabytes: value => Number(value) > 0 && Number(value) * 1_000_000 <= maximumBytes,
};

const checkOptions = (given: UiSchema, pointer: string, report: Reporter): void => {
  for (const [name, value] of Object.entries(given)) {
    const at = pointerTo(pointer, name);
    const check = Object.hasOwn(options, name) ? options[name] : undefined;
    if (!check) report.error(at, `${name} is not supported`);
    else if (!check(value)) report.error(at, `${name} has a value that is not supported`);
  }
};

const checkKeyword = (name: string, value: unknown, pointer: string, report: Reporter): void => {
  const check = Object.hasOwn(keywords, name) ? keywords[name] : undefined;
  if (!check) {
    report.error(pointer, `${name} is not supported`);
    return;
  }
  if (!check(value)) {
    report.error(pointer, `${name} has a value that is not supported`);
    return;
  }
  if (name === 'ui:options') checkOptions(value as UiSchema, pointer, report);
  if (name === 'misc:profilePrefill' && !profileDetails.some(detail => detail === value))
    report.note(pointer, 'the profile holds no such detail: nothing is filled in');
};

const isString = ({ type }: Schema): boolean => type === 'string';
const hasChoice = ({ enum: choice }: Schema): boolean => choice !== undefined;

/** What a control needs of the field it is put on. */
const needs: Partial<
  Readonly<Record<Control, readonly [(schema: Schema, ui: UiSchema) => boolean, string]>>
> = {
  textarea: [isString, 'a text'],
  date: [isString, 'a text'],
  year: [isString, 'a text'],
  radio: [schema => hasChoice(schema) || schema.type === 'boolean', 'enum or a boolean'],
  select: [hasChoice, 'enum'],
  duration: [hasChoice, 'enum'],
  checkbox: [({ type }) => type === 'boolean', 'a boolean'],
  checkboxes: [
    ({ items }) => !Array.isArray(items) && hasChoice((items as Schema | undefined) ?? {}),
    'items with enum',
  ],
  file: [({ type }) => type === 'object', 'an object'],
  paragraph: [({ type }) => type === 'array' || type === 'null', 'a list of nulls'],
  subventions: [({ options: rows }) => rows !== undefined, 'options'],
};

const enumOf = ({ named, enum: choice, items }: Schema): readonly unknown[] | undefined =>
  named ?? choice ?? (Array.isArray(items) ? undefined : (items as Schema | undefined)?.enum);

const checkFit = (schema: Schema, ui: UiSchema, pointer: string, report: Reporter): void => {
  const control = controlOf(schema, ui);
  const [fits, what] = (control && needs[control]) ?? [];
  if (fits && !fits(schema, ui))
    report.error(pointer, `this field is no ${what}: ${ui['ui:field'] ?? ui['ui:widget']} cannot be used`);
  const names = ui['ui:enumNames'];
  if (
    Array.isArray(names) &&
    names.length !== (enumOf(schema)?.length ?? (schema.type === 'boolean' ? 2 : 0))
  )
    report.error(pointerTo(pointer, 'ui:enumNames'), 'as many names are needed as enum has values');
  for (const name of ['minDate', 'maxDate'])
    if (option(ui, name) !== undefined && control !== 'date')
      report.error(pointer, `${name} is for dates only`);
  if (ui['ui:field'] === 'computedSum' && !option(ui, 'sourceFields'))
    report.error(pointer, 'computedSum needs sourceFields');
};

const propertiesOf = (schema: Schema, name: string): Schema | undefined => {
  const { items, additionalItems } = schema;
  if (schema.properties && Object.hasOwn(schema.properties, name)) return schema.properties[name];
  if (name === 'items') return Array.isArray(items) ? items[0] : (items as Schema | undefined);
  return name === 'additionalItems' ? additionalItems : undefined;
};

/** What names a field beside it: one that is not there would leave a limit or a town out without a word. */
const checkNeighbours = (
  ui: UiSchema,
  { properties = {} }: Schema,
  pointer: string,
  report: Reporter,
): void => {
  for (const [name, inner] of Object.entries(ui))
    for (const key of ['townField', 'after']) {
      const other = isObject(inner) ? option(inner, key) : undefined;
      if (typeof other === 'string' && Object.hasOwn(properties, name) && !Object.hasOwn(properties, other))
        report.error(pointerTo(pointer, name), `${key}: there is no field ${other} beside it`);
    }
  const order = ui['ui:order'];
  for (const name of Array.isArray(order) ? order : [])
    if (name !== '*' && !Object.hasOwn(properties, String(name)))
      report.note(pointerTo(pointer, 'ui:order'), `there is no field ${name} to put in order`);
};

/** One field's `ui:*` and `misc:*`, and those of the fields in it. */
export const checkUi = (ui: unknown, whole: Schema, pointer: string, report: Reporter): void => {
  if (!isObject(ui)) {
    report.error(pointer, 'must be an object');
    return;
  }
  const schema = possible(whole);
  for (const [name, value] of Object.entries(ui)) {
    const at = pointerTo(pointer, name);
    const inner = propertiesOf(schema, name);
    if (inner) checkUi(value, inner, at, report);
    else if (/^(ui|misc):/.test(name)) checkKeyword(name, value, at, report);
    else report.note(at, 'the schema has no such field');
  }
  checkNeighbours(ui, schema, pointer, report);
  checkFit(schema, ui, pointer, report);
};
