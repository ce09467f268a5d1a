/** A form of three hundred questions, as a large department would write it: pages, sections, conditions, a list, sums. */
import assert from 'node:assert/strict';
import { compileForm } from '../../lambdas/domain/forms/compile.ts';
import type { CompiledForm } from '../../lambdas/domain/forms/types.ts';

const kinds: readonly ((title: string) => object)[] = [
  title => ({ type: 'string', title, maxLength: 100 }),
  title => ({ type: 'string', title, minLength: 2, maxLength: 2000 }),
  title => ({ type: 'integer', title, minimum: 0, maximum: 100_000 }),
  title => ({ type: 'string', title, enum: ['one', 'two', 'three'] }),
  title => ({ type: 'boolean', title }),
  title => ({ title, enum: [true, false] }),
  title => ({ type: 'string', title, format: 'decimal-number' }),
  title => ({ type: 'string', title, pattern: '^[A-Z]{3}-[0-9]{3}$' }),
  title => ({ type: 'string', title, format: 'date' }),
  title => ({ type: 'string', title, format: 'email' }),
];

const section = (page: number, part: number) => {
  const names = kinds.map((_, index) => `q_${page}_${part}_${index}`);
  return {
    type: 'object',
    title: `Section ${part}`,
    properties: Object.fromEntries(names.map((name, index) => [name, kinds[index]?.(`Question ${name}`)])),
    required: names.filter((_, index) => index % 2 === 0),
    allOf: [
      {
        if: { properties: { [`q_${page}_${part}_5`]: { const: true } }, required: [`q_${page}_${part}_5`] },
        // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
        then: { properties: { [`more_${page}_${part}`]: { type: 'string', title: 'Which?', minLength: 2 } } },
      },
    ],
  };
};

const page = (number: number) => ({
  type: 'object',
  title: `Page ${number}`,
  properties: Object.fromEntries([1, 2, 3, 4, 5].map(part => [`part_${part}`, section(number, part)])),
});

export const largeSchema = {
  type: 'object',
  title: 'Large',
  properties: Object.fromEntries([1, 2, 3, 4, 5, 6].map(number => [`page_${number}`, page(number)])),
};

export const largeForm = (): CompiledForm => {
  const { form, problems } = compileForm({ id: 'large', schema: largeSchema });
  assert.ok(form, JSON.stringify(problems));
  return form;
};
