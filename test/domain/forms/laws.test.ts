import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compileForm } from '../../../lambdas/domain/forms/compile.ts';
import { possible } from '../../../lambdas/domain/forms/effective.ts';
import { subventionRow } from '../../../lambdas/domain/forms/sums.ts';
import type { Answers, CompiledForm, Schema } from '../../../lambdas/domain/forms/types.ts';
import { validateAnswers } from '../../../lambdas/domain/forms/validate.ts';
import { settle, stripHidden } from '../../../lambdas/domain/forms/visible.ts';
import { cityForm, needsCityForms } from './city-forms.ts';

const anything = fc.jsonValue({ maxDepth: 2 });

/** Answers that mostly fit the schema, so that conditions come true, and sometimes do not fit at all. */
const answersFor = (whole: Schema): fc.Arbitrary<unknown> => {
  const schema = possible(whole);
  const fitting = (): fc.Arbitrary<unknown> => {
    if (schema.options)
      return fc
        .integer({ min: 0, max: 60_000 })
        .map(amount => [subventionRow(String(schema.options?.[0]?.id), String(amount))]);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    if (schema.properties)
      return fc.record(
        Object.fromEntries(
          Object.entries(schema.properties).map(([name, inner]) => [name, answersFor(inner)]),
        ),
        { requiredKeys: [] },
      );
    if (schema.type === 'array') {
      const item = Array.isArray(schema.items) ? schema.items[0] : schema.items;
      return fc.array(answersFor((item as Schema | undefined) ?? {}), { maxLength: 3 });
    }
    if (schema.type === 'integer' || schema.type === 'number') return fc.integer({ min: -5, max: 60_000 });
    if (schema.type === 'boolean') return fc.boolean();
    return fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('12,5', '', ' ', '2026'));
  };
  return fc.oneof({ weight: 12, arbitrary: fitting() }, { weight: 1, arbitrary: anything });
};

const laws = (form: () => Promise<CompiledForm> | CompiledForm, runs: number) => async () => {
  const definition = await form();
  fc.assert(
    fc.property(answersFor(definition.schema), value => {
      const answers = JSON.parse(JSON.stringify(value)) as Answers;
      const stripped = stripHidden(definition, answers);
      assert.deepEqual(stripHidden(definition, stripped), stripped, 'stripping again changes nothing');
      assert.deepEqual(
        settle(definition, settle(definition, answers).answers).answers,
        settle(definition, answers).answers,
      );
      assert.deepEqual(
        validateAnswers(definition, stripped, { now: 0 }),
        validateAnswers(definition, answers, { now: 0 }),
        'what is hidden is not judged',
      );
    }),
    { numRuns: runs },
  );
};

describe('whatever is answered', () => {
  it('a form of nested conditions, lists and a sum keeps the laws', () => {
    const yes = (name: string) => ({ properties: { [name]: { const: true } }, required: [name] });
    const flag = { enum: [true, false] };
    const schema = {
      type: 'object',
      properties: {
        first: { type: 'object', properties: { a: flag, b: { type: 'string' } } },
        second: {
          type: 'object',
          properties: { list: { type: 'array', items: { type: 'object', properties: { c: flag } } } },
        },
      },
      allOf: [
        {
          if: { properties: { first: { ...yes('a') } }, required: ['first'] },
          // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
          then: {
            properties: {
              second: {
                properties: { d: flag },
                allOf: [
                  {
                    if: yes('d'),
                    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
                    then: { properties: { e: { type: 'string', minLength: 2 } }, required: ['e'] },
                  },
                ],
              },
            },
          },
          else: {
            properties: {
              third: { type: 'object', properties: { f: { type: 'integer', minimum: 3 } }, required: ['f'] },
            },
          },
        },
      ],
    };
    const { form } = compileForm({ id: 'test', schema });
    assert.ok(form);
    return laws(() => form, 400)();
  });
  it(
    'the small grant form keeps the laws',
    needsCityForms,
    laws(() => cityForm('liikunta_suunnistuskartta_avustu'), 100),
  );
  it(
    'the large grant form keeps the laws',
    needsCityForms,
    laws(() => cityForm('kuva_toiminta'), 60),
  );
});
