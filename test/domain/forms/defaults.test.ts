import assert from 'node:assert/strict';
import { it } from 'node:test';
import { compileForm } from '../../../lambdas/domain/forms/compile.ts';
import { pointersOf, withDefaults } from '../../../lambdas/domain/forms/defaults.ts';
import type { Answers, CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import { settle } from '../../../lambdas/domain/forms/visible.ts';
import { cityForm, needsCityForms } from './city-forms.ts';

const person = {
  type: 'object',
  properties: { name: { type: 'string' }, country: { type: 'string', default: 'FI' } },
};
const { form } = compileForm({
  id: 'test',
  schema: {
    type: 'object',
    properties: {
      p: {
        type: 'object',
        properties: {
          agrees: { type: 'boolean', const: true },
          wants: { type: 'boolean' },
          people: { type: 'array', items: person, minItems: 1 },
          pets: { type: 'array', items: person, minItems: 1 },
        },
        required: ['agrees', 'people'],
        allOf: [
          {
            if: { properties: { wants: { const: true } }, required: ['wants'] },
            // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
            then: { properties: { size: { type: 'string', enum: ['S', 'M'], default: 'M' } } },
          },
        ],
      },
    },
  },
}) as { form: CompiledForm };

const known = (answers: Answers) => pointersOf(settle(form, answers).tree);

it('begins a form with its defaults, and a required list with its items', () => {
  assert.deepEqual(withDefaults(form, {}), { p: { wants: false, people: [{ country: 'FI' }] } });
});

it('gives a field its default when a condition brings it into sight', () => {
  const before = { p: { wants: false, people: [] } };
  const after = { p: { ...before.p, wants: true } };
  assert.deepEqual(withDefaults(form, after, known(before)), { p: { ...after.p, size: 'M' } });
});

it('leaves empty what a person has emptied', () => {
  const before = { p: { wants: true, size: 'M', people: [{ country: 'FI' }] } };
  const after = { p: { wants: true, size: '', people: [{ country: '' }] } };
  assert.deepEqual(withDefaults(form, after, known(before)), after);
});

it("begins the city's form with one map to tell of", needsCityForms, async () => {
  const { orienteering_maps_step: step } = withDefaults(
    await cityForm('liikunta_suunnistuskartta_avustu'),
    {},
  ) as Record<string, object>;
  assert.deepEqual(step, { orienteering_subvention: { orienteering_maps: [{}] } });
});
