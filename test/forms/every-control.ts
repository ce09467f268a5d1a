/** A form with every kind of field there is on its one page: nothing a department writes can need more of a page at once. */
import assert from 'node:assert/strict';
import { compileForm } from '../../lambdas/domain/forms/compile.ts';
import { everyField } from '../../lambdas/domain/forms/tree.ts';
import type { CompiledForm, Control } from '../../lambdas/domain/forms/types.ts';
import { settle } from '../../lambdas/domain/forms/visible.ts';

const controls: Readonly<Record<Control, true>> = {
  group: true,
  list: true,
  text: true,
  textarea: true,
  number: true,
  decimal: true,
  date: true,
  select: true,
  year: true,
  radio: true,
  duration: true,
  checkbox: true,
  checkboxes: true,
  paragraph: true,
  file: true,
  subventions: true,
  sum: true,
  hidden: true,
};

const schema = {
  type: 'object',
  title: 'Every control',
  properties: {
    all: {
      type: 'object',
      title: 'All',
      required: ['list'],
      properties: {
        text: { type: 'string', title: 'Text' },
        textarea: { type: 'string', title: 'Textarea' },
        number: { type: 'number', title: 'Number' },
        decimal: { type: 'string', title: 'Decimal', format: 'decimal-number' },
        date: { type: 'string', title: 'Date', format: 'date' },
        postalCode: { type: 'string', title: 'Postal code', format: 'postal-code' },
        select: { type: 'string', title: 'Select', enum: ['a', 'b'] },
        year: { type: 'string', title: 'Year' },
        radio: { type: 'string', title: 'Radio', enum: ['a', 'b'] },
        duration: { type: 'string', title: 'Duration', enum: ['1', '2', '3'] },
        checkbox: { type: 'boolean', title: 'Checkbox' },
        checkboxes: { type: 'array', title: 'Checkboxes', items: { type: 'string', enum: ['a', 'b'] } },
        paragraph: { type: 'null', title: 'Paragraph', description: 'Words' },
        file: { type: 'object', title: 'File', properties: {} },
        subventions: { type: 'array', title: 'Subventions', options: [{ id: 1, label: 'One' }] },
        sum: { type: 'string', title: 'Sum' },
        hidden: { type: 'string', const: 'x' },
        list: {
          type: 'array',
          title: 'List',
          minItems: 1,
          items: { type: 'object', properties: { inner: { type: 'string', title: 'Inner' } } },
        },
      },
    },
  },
};

const uiSchema = {
  all: {
    text: { 'ui:autocomplete': 'name' },
    textarea: { 'ui:widget': 'textarea' },
    radio: { 'ui:widget': 'radio' },
    year: { 'ui:field': 'actingYear' },
    duration: { 'ui:field': 'grantDuration', 'ui:widget': 'radio' },
    file: { 'ui:field': 'atvFile', 'misc:multiple': 'true' },
    subventions: { 'ui:field': 'subventionTable' },
    sum: { 'ui:field': 'subventionSum' },
  },
};

export const everyControl = (): CompiledForm => {
  const { form, problems } = compileForm({ id: 'every-control', schema, uiSchema });
  assert.ok(form, JSON.stringify(problems));
  const there = new Set(
    [...everyField(settle(form, { all: { list: [{}] } }).tree)].map(({ control }) => control),
  );
  assert.deepEqual([...there].sort(), Object.keys(controls).sort());
  return form;
};
