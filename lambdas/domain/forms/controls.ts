import { longestLine } from './length.ts';
import type { Control, Schema, UiSchema } from './types.ts';

const fields: Readonly<Record<string, Control>> = {
  textParagraph: 'paragraph',
  atvFile: 'file',
  actingYear: 'year',
  subventionTable: 'subventions',
  computedSum: 'sum',
  subventionSum: 'sum',
  grantDuration: 'duration',
};
const widgets: Readonly<Record<string, Control>> = {
  textarea: 'textarea',
  radio: 'radio',
  select: 'select',
  date: 'date',
  hidden: 'hidden',
  checkbox: 'checkbox',
  checkboxes: 'checkboxes',
  text: 'text',
};
export const fieldNames = Object.keys(fields);
export const widgetNames = Object.keys(widgets);

/** The value of `ui:options`' own key, wherever it is written: `ui:options.hidden` or `ui:hidden`. */
export const option = (ui: UiSchema, name: string): unknown =>
  (ui['ui:options'] as UiSchema | undefined)?.[name] ?? ui[`ui:${name}`];

const isNote = (schema: Schema | undefined): boolean =>
  schema !== undefined && (schema.type === 'null' || Object.keys(schema).length === 0);

const ofArray = (schema: Schema): Control => {
  if (Array.isArray(schema.items)) return schema.items.every(isNote) ? 'paragraph' : 'list';
  return (schema.items as Schema | undefined)?.enum ? 'checkboxes' : 'list';
};

const ofString = ({ format, minLength = 0, maxLength = minLength }: Schema): Control => {
  if (format === 'decimal-number') return 'decimal';
  if (format === 'date') return 'date';
  return maxLength > longestLine ? 'textarea' : 'text';
};

const ofType = (schema: Schema): Control | undefined => {
  // What can be nothing else is not asked. A box that must be ticked is.
  if (schema.const !== undefined && typeof schema.const !== 'boolean' && !schema.enum) return 'hidden';
  if (schema.enum) return schema.enum.every(value => typeof value === 'boolean') ? 'radio' : 'select';
  switch (schema.type ?? (schema.properties && 'object')) {
    case 'object':
      return 'group';
    case 'array':
      return ofArray(schema);
    case 'null':
      return 'paragraph';
    case 'boolean':
      return 'checkbox';
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
      return ofString(schema);
    default:
      return undefined;
  }
};

/** How a field is filled in, or undefined where the definition does not say enough to tell. */
export const controlOf = (schema: Schema, ui: UiSchema): Control | undefined => {
  const field = ui['ui:field'];
  if (typeof field === 'string' && Object.hasOwn(fields, field)) return fields[field];
  const widget = ui['ui:widget'];
  if (typeof widget === 'string' && widget !== 'text' && Object.hasOwn(widgets, widget))
    return widgets[widget];
  return ofType(schema);
};
