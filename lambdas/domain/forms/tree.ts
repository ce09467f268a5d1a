import { child, isObject, pointerTo } from './answers.ts';
import { controlOf, option } from './controls.ts';
import { effective } from './effective.ts';
import { remembered } from './remembered.ts';
import { readableName } from './text.ts';
import type { Answers, CompiledForm, Control, Schema, UiSchema } from './types.ts';

/** A form as it stands with the answers so far: what is shown, in its order. What a condition hides is not in it. */
export interface Field {
  readonly name: string;
  /** RFC 6901, into the answers. */
  readonly pointer: string;
  readonly control: Control;
  readonly schema: Schema;
  readonly ui: UiSchema;
  readonly required: boolean;
  readonly value: unknown;
  /** Title of the group that holds this field and nothing else, or this list without a name; of an item its list's. */
  readonly groupTitle?: string | undefined;
  /** Properties of a group, items of a list. */
  readonly fields: readonly Field[];
}

const none: readonly Field[] = [];
const noUi: UiSchema = {};
const uiOf = (ui: UiSchema, name: string): UiSchema => {
  if (ui === noUi) return noUi;
  const found = child(ui, name);
  return isObject(found) ? found : noUi;
};

/** `ui:order` first, `*` standing for the rest; without a `*` the rest follows. */
export const inOrder = (names: readonly string[], ui: UiSchema): readonly string[] => {
  const order = ui['ui:order'];
  if (!Array.isArray(order)) return names;
  const named = order.filter(name => names.includes(name));
  const rest = names.filter(name => !named.includes(name));
  const star = order.indexOf('*');
  const before = star < 0 ? named.length : order.slice(0, star).filter(name => names.includes(name)).length;
  return [...named.slice(0, before), ...rest, ...named.slice(before)];
};

/** Of a property of a group, all that no answer changes. */
interface Slot {
  readonly name: string;
  /** Its part of a pointer. */
  readonly step: string;
  readonly schema: Schema;
  readonly ui: UiSchema;
  readonly required: boolean;
  /** How it is filled in, where it holds no others and no condition decides. */
  readonly leaf: Control | undefined;
  readonly groupTitle: string | undefined;
}

const leafOf = (schema: Schema, ui: UiSchema): Control | undefined => {
  if (schema.allOf || schema.if) return undefined;
  const control = controlOf(schema, ui) ?? 'hidden';
  return control === 'group' || control === 'list' ? undefined : control;
};

const isDemanded = (control: Control | undefined, ui: UiSchema): boolean =>
  // The city demands a sum of at least one kind of grant wherever it shows their table, and marks it so.
  ui['misc:required'] === true || control === 'subventions';

const slotsOf = remembered((group: Schema) =>
  remembered((ui: UiSchema): readonly Slot[] =>
    inOrder(Object.keys(group.properties ?? {}), ui).map((name, _, { length }) => {
      const schema = group.properties?.[name] as Schema;
      const own = uiOf(ui, name);
      const leaf = leafOf(schema, own);
      const required = (group.required?.includes(name) ?? false) || isDemanded(leaf, own);
      const isUnnamedList = schema.type === 'array' && schema.title === undefined;
      const groupTitle = length === 1 || isUnnamedList ? group.title : undefined;
      return { name, step: pointerTo('', name), schema, ui: own, required, leaf, groupTitle };
    }),
  ),
);

const inSlot = (slot: Slot, pointer: string, value: unknown): Field => {
  const { name, schema, ui, required, leaf, groupTitle } = slot;
  if (leaf === undefined) return fieldOf(name, pointer, schema, ui, value, required, groupTitle);
  return { name, pointer, control: leaf, schema, ui, required, value, groupTitle, fields: none };
};

const groupFields = (schema: Schema, ui: UiSchema, pointer: string, value: unknown): Field[] =>
  slotsOf(schema)(ui).map(slot => inSlot(slot, pointer + slot.step, child(value, slot.name)));

/** The schema of a list's nth item: the tuple's, then `additionalItems`. */
export const itemSchema = ({ items, additionalItems }: Schema, index: number): Schema =>
  (Array.isArray(items) ? (items[index] ?? additionalItems) : items) ?? {};

const itemUi = (schema: Schema, ui: UiSchema, index: number): UiSchema => {
  const beyond = Array.isArray(schema.items) && index >= schema.items.length;
  return uiOf(ui, beyond && isObject(ui.additionalItems) ? 'additionalItems' : 'items');
};

/** What a new item of a list begins as. */
export const emptyItem = (list: Schema, index: number): unknown => {
  const control = controlOf(itemSchema(list, index), {});
  return control === 'group' ? {} : control === 'list' ? [] : null;
};

/** Items of a list where a definition sets no limit of its own. */
const longestList = 200;
export const mostItems = ({ maxItems = longestList }: Schema): number => maxItems;

/** One item too many is enough to refuse a list: a hostile one of thousands is not worth more. */
const listFields = (
  schema: Schema,
  ui: UiSchema,
  pointer: string,
  value: unknown,
  groupTitle: string,
): Field[] =>
  (Array.isArray(value) ? value.slice(0, mostItems(schema) + 1) : []).map((item, index) =>
    fieldOf(
      String(index),
      pointerTo(pointer, index),
      itemSchema(schema, index),
      itemUi(schema, ui, index),
      item,
      true,
      groupTitle,
    ),
  );

const fieldOf = (
  name: string,
  pointer: string,
  whole: Schema,
  ui: UiSchema,
  value: unknown,
  isRequired: boolean,
  groupTitle?: string,
): Field => {
  const schema = effective(whole, value === undefined && whole.properties ? {} : value);
  const control = controlOf(schema, ui) ?? 'hidden';
  const fields =
    control === 'group'
      ? groupFields(schema, ui, pointer, value)
      : control === 'list'
        ? listFields(schema, ui, pointer, value, schema.title ?? groupTitle ?? readableName(name))
        : none;
  const required = isRequired || isDemanded(control, ui);
  return { name, pointer, control, schema, ui, required, value, groupTitle, fields };
};

/** The form with these answers; its fields are the pages. */
export const treeOf = (form: CompiledForm, answers: Answers): Field =>
  fieldOf('', '', form.schema, form.uiSchema, answers, true);

/** Every field there is, containers before what they contain. */
export function* everyField(field: Field): Generator<Field> {
  yield field;
  for (const inner of field.fields) yield* everyField(inner);
}

/** Shown to nobody: a constant, or a sum that only drives conditions. */
export const isHidden = (field: Field): boolean =>
  field.control === 'hidden' || field.ui['ui:widget'] === 'hidden' || option(field.ui, 'hidden') === true;

/** Something to see in it: a group of nothing (a placeholder for what a condition may add) is left out. */
export const isShown = (field: Field): boolean =>
  !isHidden(field) && (field.control !== 'group' || field.fields.some(isShown));

/** The pages there are with these answers. A page that its conditions left empty is passed over. */
export const pagesOf = (tree: Field): readonly Field[] => tree.fields.filter(isShown);
