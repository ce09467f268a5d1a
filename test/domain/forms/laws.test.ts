import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compileForm } from '../../../lambdas/domain/forms/compile.ts';
import type { Answers, CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import { validateAnswers } from '../../../lambdas/domain/forms/validate.ts';
import { settle, stripHidden } from '../../../lambdas/domain/forms/visible.ts';
import { answersFor } from '../../forms/random.ts';
import { cityForm, needsCityForms } from './city-forms.ts';

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
