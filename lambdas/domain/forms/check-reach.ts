/**
 * Finds what nobody could ever see: conditions that no answer makes true, and pages with nothing on them. Careful rather
 * than clever: what it names is certainly out of reach.
 */
import { isObject } from './answers.ts';
import { within } from './check-fields.ts';
import { controlOf, option } from './controls.ts';
import { possible } from './effective.ts';
import type { Reporter } from './problem.ts';
import { sourceOf } from './source.ts';
import { itemSchema } from './tree.ts';
import type { Condition, Schema, UiSchema } from './types.ts';

/** A schema and all that its conditions may add to it. */
const fragmentsOf = (schema: Schema): readonly Schema[] => [
  schema,
  ...[...(schema.allOf ?? []), schema.then, schema.else].flatMap(part => (part ? fragmentsOf(part) : [])),
];

const ofProperty = (fragments: readonly Schema[], name: string): readonly Schema[] =>
  fragments.flatMap(({ properties }) =>
    properties && Object.hasOwn(properties, name) ? fragmentsOf(properties[name] as Schema) : [],
  );

const typeOf = (value: unknown): string | undefined =>
  typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : typeof value;

const admits = ({ type, enum: choice, const: constant }: Schema, value: unknown): boolean => {
  if (choice) return choice.includes(value);
  if (constant !== undefined) return constant === value;
  return type === undefined || type === typeOf(value) || (type === 'number' && typeof value === 'number');
};

const isAdmitted = (fragments: readonly Schema[], value: unknown): boolean =>
  fragments.some(fragment => admits(fragment, value));

type Parts = Readonly<Record<string, unknown>>;

/** A property that may be absent holds whatever is said of it. */
const canPropertiesHold = (condition: Parts, fragments: readonly Schema[]): boolean => {
  const required = (condition.required ?? []) as readonly string[];
  const properties = (condition.properties ?? {}) as Readonly<Record<string, Condition>>;
  return required.every(name => {
    const own = ofProperty(fragments, name);
    return own.length > 0 && (!Object.hasOwn(properties, name) || canHold(properties[name] ?? {}, own));
  });
};

const canHold = (given: Condition, fragments: readonly Schema[]): boolean => {
  const condition = given as Parts;
  const lists = (name: string) => condition[name] as readonly Condition[] | undefined;
  const inner = (one: Condition) => canHold(one, fragments);
  if (condition.const !== undefined && !isAdmitted(fragments, condition.const)) return false;
  if (Array.isArray(condition.enum) && !condition.enum.some(value => isAdmitted(fragments, value)))
    return false;
  if (isObject(condition.not) && alwaysHolds(condition.not)) return false;
  return (
    (lists('allOf')?.every(inner) ?? true) &&
    (lists('anyOf')?.some(inner) ?? true) &&
    (lists('oneOf')?.some(inner) ?? true) &&
    canPropertiesHold(condition, fragments)
  );
};

const alwaysHolds = (condition: Condition): boolean =>
  Object.keys(condition).every(keyword => keyword === '$comment');

const namesOf = (branch: Schema): string => {
  const names = Object.keys(branch.properties ?? {});
  return names.length > 0 ? `: ${names.join(', ')} can never be reached` : '';
};

/** The properties a condition looks at, however it is put together. */
const askedBy = (condition: Condition): readonly string[] => {
  const { properties, required, allOf, anyOf, oneOf, not } = condition as Parts;
  const parts = [allOf, anyOf, oneOf, not].flat().filter(isObject);
  return [
    ...Object.keys(properties ?? {}),
    ...((required ?? []) as readonly string[]),
    ...parts.flatMap(part => askedBy(part as Condition)),
  ];
};

/** What only a condition's own branches bring would come and go with its own answer. */
const broughtByItself = (
  { if: condition, then, else: otherwise }: Schema,
  fragments: readonly Schema[],
): readonly string[] => {
  const own = [then, otherwise].flatMap(branch => (branch ? fragmentsOf(branch) : []));
  const others = fragments.filter(fragment => !own.includes(fragment));
  const isOnlyOwn = (name: string) =>
    ofProperty(own, name).length > 0 && ofProperty(others, name).length === 0;
  return [...new Set(condition && askedBy(condition))].filter(isOnlyOwn);
};

/** Every condition that decides on this field, wherever in it it stands. */
const checkConditions = (field: Schema, report: Reporter): void => {
  const fragments = fragmentsOf(field);
  for (const fragment of fragments) {
    const { if: condition, then, else: otherwise } = fragment;
    const at = sourceOf(fragment) ?? '';
    if (condition && then && !canHold(condition, fragments))
      report.error(`${at}/if`, `no answer makes this condition true${namesOf(then)}`);
    if (condition && otherwise && alwaysHolds(condition))
      report.error(`${at}/if`, `no answer makes this condition false${namesOf(otherwise)}`);
    for (const name of broughtByItself(fragment, fragments))
      report.error(
        `${at}/if`,
        `asks about ${name}, which only its own outcome brings: its answer would hide it`,
      );
  }
};

const innerFields = (field: Schema): readonly Schema[] =>
  fragmentsOf(field).flatMap(({ properties, items, additionalItems }) =>
    [...Object.values(properties ?? {}), ...[items ?? []].flat(), additionalItems].filter(
      one => one !== undefined,
    ),
  );

const checkWithin = (field: Schema, report: Reporter): void => {
  checkConditions(field, report);
  for (const inner of innerFields(field)) checkWithin(inner as Schema, report);
};

/** Whether any answers would show something of a field. */
const canShow = (whole: Schema, ui: UiSchema): boolean => {
  const schema = possible(whole);
  const control = controlOf(schema, ui);
  if (control === 'hidden' || ui['ui:widget'] === 'hidden' || option(ui, 'hidden') === true) return false;
  if (control === 'list') return canShow(itemSchema(schema, 0), within(ui, 'items'));
  if (control !== 'group') return true;
  return Object.entries(schema.properties ?? {}).some(([name, inner]) => canShow(inner, within(ui, name)));
};

/** Takes the schema without its references. */
export const checkReach = (root: Schema, ui: UiSchema, report: Reporter): void => {
  checkWithin(root, report);
  for (const [name, page] of Object.entries(possible(root).properties ?? {}))
    if (!canShow(page, within(ui, name)))
      report.error(
        sourceOf(page) ?? `/properties/${name}`,
        `nothing on the page ${name} is ever shown: it cannot be reached`,
      );
};
