/** Every field a definition can ever show: its texts are gathered, what it needs is checked, what can be filled in is counted. */
import { isObject, pointerTo } from './answers.ts';
import { controlOf, option } from './controls.ts';
import { possible } from './effective.ts';
import { type FormProblem, reporter } from './problem.ts';
import { sourceOf } from './source.ts';
import type { FormTexts } from './translations.ts';
import { itemSchema } from './tree.ts';
import type { Control, Schema, UiSchema } from './types.ts';

export const schemaFile = 'schema.json';
export const uiFile = 'uiSchema.json';

export interface FieldWalk {
  readonly texts: FormTexts;
  readonly problems: FormProblem[];
}

interface Place {
  readonly schema: Schema;
  readonly ui: UiSchema;
  /** Into `schema.json`. */
  readonly at: string;
  /** Into `uiSchema.json`. */
  readonly uiAt: string;
}

const none: UiSchema = {};
export const within = (ui: UiSchema, name: string): UiSchema => {
  const inner = ui[name];
  return isObject(inner) ? inner : none;
};

const unfilled: readonly Control[] = ['group', 'list', 'paragraph', 'hidden', 'sum'];

const useChoices = ({ schema, ui, at, uiAt }: Place, { texts }: FieldWalk): void => {
  const names = ui['ui:enumNames'];
  if (Array.isArray(names))
    for (const [index, name] of names.entries())
      texts.use(name, uiFile, pointerTo(pointerTo(uiAt, 'ui:enumNames'), index));
  else if (schema.enumNames)
    for (const [index, name] of schema.enumNames.entries())
      texts.use(name, schemaFile, `${at}/enumNames/${index}`);
  else
    for (const [index, value] of (schema.enum ?? []).entries())
      if (typeof value === 'string' && (texts.has(value) || /[<{]/.test(value)))
        texts.use(value, schemaFile, `${at}/enum/${index}`);
  for (const [index, { label }] of (schema.options ?? []).entries())
    texts.use(label, schemaFile, `${at}/options/${index}/label`);
};

const helps = ['tooltipText', 'smallDescription', 'mediumDescription', 'largeDescription'];
const labels = ['addText', 'removeText', 'printableName', 'tooltipLabel', 'tooltipButtonLabel'];

const useUiTexts = ({ ui, uiAt }: Place, { texts }: FieldWalk): void => {
  texts.use(ui['ui:help'], uiFile, pointerTo(uiAt, 'ui:help'), 'help');
  const optionsAt = pointerTo(uiAt, 'ui:options');
  for (const name of labels) texts.use(option(ui, name), uiFile, pointerTo(optionsAt, name), 'auxiliary');
  for (const name of helps) texts.use(option(ui, name), uiFile, pointerTo(optionsAt, name), 'help');
};

const checkLabel = ({ schema, at }: Place, control: Control | undefined, { problems }: FieldWalk): void => {
  const report = reporter(schemaFile, problems);
  if (control === undefined) report.error(at, 'no type, enum or properties say what is asked here');
  else if (!unfilled.includes(control) && !schema.title)
    report.note(at, 'no title: the name of the property is shown');
};

const checkItems = (place: Place, walk: FieldWalk): number => {
  const { schema, ui, at, uiAt } = place;
  const own = Array.isArray(schema.items) ? schema.items.length : 0;
  const first = checkField(
    { schema: itemSchema(schema, 0), ui: within(ui, 'items'), at: `${at}/items`, uiAt: `${uiAt}/items` },
    walk,
  );
  if (!schema.additionalItems || own === 0) return first;
  const beyond = ui.additionalItems === undefined ? 'items' : 'additionalItems';
  const rest = checkField(
    {
      schema: itemSchema(schema, own),
      ui: within(ui, beyond),
      at: `${at}/additionalItems`,
      uiAt: `${uiAt}/${beyond}`,
    },
    walk,
  );
  return Math.max(first, rest);
};

const checkGroup = (place: Place, walk: FieldWalk): number =>
  Object.entries(place.schema.properties ?? {}).reduce(
    (fields, [name, schema]) =>
      fields +
      checkField(
        {
          schema,
          ui: within(place.ui, name),
          at: `${place.at}/properties/${name}`,
          uiAt: pointerTo(place.uiAt, name),
        },
        walk,
      ),
    0,
  );

/** How many fields of it a person can fill in, those of a list counted once. */
export const checkField = (whole: Place, walk: FieldWalk): number => {
  const schema = possible(whole.schema);
  const place = { ...whole, schema, at: sourceOf(schema) ?? whole.at };
  const { ui, at } = place;
  const control = controlOf(schema, ui);
  checkLabel(place, control, walk);
  walk.texts.use(schema.title, schemaFile, `${at}/title`);
  walk.texts.use(schema.description, schemaFile, `${at}/description`, 'help');
  useUiTexts(place, walk);
  useChoices(place, walk);
  if (control === 'group') return checkGroup(place, walk);
  if (control === 'list') return checkItems(place, walk);
  if (control === 'paragraph' && Array.isArray(schema.items))
    for (const [index, note] of (schema.items as readonly Schema[]).entries())
      walk.texts.use(note.title, schemaFile, `${at}/items/${index}/title`);
  if (control === 'checkboxes')
    useChoices({ ...place, schema: schema.items as Schema, at: `${at}/items` }, walk);
  return control && !unfilled.includes(control) ? 1 : 0;
};
