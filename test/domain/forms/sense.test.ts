import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileForm } from '../../../lambdas/domain/forms/compile.ts';
import { withDefaults } from '../../../lambdas/domain/forms/defaults.ts';
import { type Field, treeOf } from '../../../lambdas/domain/forms/tree.ts';
import { validateAnswers } from '../../../lambdas/domain/forms/validate.ts';
import { choiceText } from '../../../web/components/form/choices.ts';

const page = (properties: object, more: object = {}) => ({
  type: 'object',
  properties: { page: { type: 'object', properties, ...more } },
});
const compiled = (schema: object, more: object = {}) => {
  const { form, problems } = compileForm({ id: 'test', schema, ...more });
  assert.ok(form, JSON.stringify(problems));
  return form;
};
const errorsIn = (schema: object): readonly string[] =>
  compileForm({ id: 'test', schema })
    .problems.filter(({ severity }) => severity === 'error')
    .map(({ pointer }) => pointer);

describe('what nobody can answer, or what says nothing, is an error at its place', () => {
  const at = '/properties/page/properties/field';
  const fields: readonly (readonly [string, object, string])[] = [
    ['questions in a text', { type: 'string', properties: { a: { type: 'string' } } }, `${at}/properties`],
    ['a limit of numbers on a text', { type: 'string', minimum: 1 }, `${at}/minimum`],
    ['a format on a number', { type: 'integer', format: 'date' }, `${at}/format`],
    ['lengths that exclude each other', { type: 'string', minLength: 5, maxLength: 2 }, `${at}/minLength`],
    [
      'limits with nothing between',
      { type: 'number', exclusiveMinimum: 1, maximum: 1 },
      `${at}/exclusiveMinimum`,
    ],
    ['a choice that is refused when chosen', { type: 'string', enum: ['a', 1] }, `${at}/enum/1`],
    ['the same choice twice', { type: 'string', enum: ['a', 'b', 'a'] }, `${at}/enum/2`],
    ['fewer names than choices', { enum: ['a', 'b'], enumNames: ['A'] }, `${at}/enumNames`],
    ['a choice of nothing', { enum: [null, ''] }, `${at}/enum`],
    ['a constant of another type', { type: 'string', const: 5 }, `${at}/const`],
    ['a default that is refused', { type: 'integer', default: 'x' }, `${at}/default`],
    ['a default outside the choices', { enum: ['a'], default: 'b' }, `${at}/default`],
    [
      'a default of a whole group',
      { properties: { a: { type: 'string' } }, default: { a: 'x' } },
      `${at}/default`,
    ],
    [
      'a thousand rows at least',
      { type: 'array', minItems: 1000, items: { type: 'string' } },
      `${at}/minItems`,
    ],
    ['more letters than are kept', { type: 'string', maxLength: 30_000 }, `${at}/maxLength`],
    ['two types', { allOf: [{ type: 'string' }, { type: 'integer' }] }, `${at}/allOf/1/type`],
  ];
  for (const [name, field, pointer] of fields)
    it(name, () => assert.ok(errorsIn(page({ field })).includes(pointer), errorsIn(page({ field })).join()));

  it('a field that has neither name nor title', () => {
    assert.deepEqual(errorsIn(page({ _: { type: 'string' } })), ['/properties/page/properties/_']);
    assert.deepEqual(errorsIn(page({ _: { type: 'string', title: 'Title' } })), []);
  });

  it('a condition that makes another field of a field, and one that demands what is not there', () => {
    const then = { properties: { b: { type: 'integer' } }, required: ['c'] };
    const schema = page({ a: { type: 'boolean' }, b: { type: 'string' } }, { if: { required: ['a'] }, then });
    assert.deepEqual(errorsIn(schema).toSorted(), [
      '/properties/page/then/properties/b/type',
      '/properties/page/then/required',
    ]);
    assert.deepEqual(
      errorsIn(page({ a: { type: 'string' } }, { dependentRequired: { a: ['c'], d: ['a'] } })),
      ['/properties/page/dependentRequired/a', '/properties/page/dependentRequired/d'],
    );
  });
});

it('a field beside it that is not there is an error where it is named', () => {
  const schema = page({
    code: { type: 'string', format: 'postal-code' },
    end: { type: 'string', format: 'date' },
  });
  const uiSchema = {
    page: { code: { 'ui:options': { townField: 'town' } }, end: { 'ui:options': { after: 'start' } } },
  };
  const { problems } = compileForm({ id: 'test', schema, uiSchema });
  assert.deepEqual(
    problems.filter(({ severity }) => severity === 'error').map(({ file, pointer }) => [file, pointer]),
    [
      ['uiSchema.json', '/page/code'],
      ['uiSchema.json', '/page/end'],
    ],
  );
});

describe('a condition on what only its own outcome brings', () => {
  const then = { properties: { b: { type: 'string' } } };
  const errors = (more: object) => errorsIn(page({ a: { type: 'string' } }, more));

  it('is an error: the answer would take its own question away', () => {
    const at = ['/properties/page/if'];
    assert.deepEqual(errors({ if: { not: { required: ['b'] } }, then }), at);
    assert.deepEqual(errors({ if: { properties: { b: { const: 'x' } } }, else: then }), at);
    const anyOf = [{ required: ['a'] }, { not: { required: ['b'] } }];
    assert.deepEqual(errors({ allOf: [{ if: { anyOf }, then }] }), ['/properties/page/allOf/0/if']);
  });

  it('is good where something else brings it too', () => {
    const again = { if: { required: ['b'] }, then };
    assert.deepEqual(errors({ allOf: [{ if: { required: ['a'] }, then }, again] }), []);
  });
});

describe('a plain JSON Schema', () => {
  it('may let null and the empty text be chosen: they are no answer', () => {
    const choice = { type: ['string', 'null'], enum: ['', 'a', 'b', null], enumNames: ['-', 'A', 'B', '-'] };
    const { schema } = compiled(page({ choice }));
    const field = schema.properties?.page?.properties?.choice;
    assert.deepEqual(
      [field?.enum, field?.enumNames],
      [
        ['a', 'b'],
        ['A', 'B'],
      ],
    );
  });

  it('ends a tuple that does not say what follows', () => {
    const items = [{ type: 'string' }, { type: 'integer' }];
    for (const pair of [{ items }, { items, additionalItems: false }, { prefixItems: items, items: false }]) {
      const form = compiled(page({ pair: { type: 'array', ...pair } }));
      assert.deepEqual(validateAnswers(form, { page: { pair: ['a', 1, { b: 1 }] } }, { now: 0 })[0], {
        pointer: '/page/pair',
        code: 'maxItems',
      });
    }
  });

  it('may write its references as addresses', () => {
    const definitions = { 'my field': { type: 'string' }, '50%': { type: 'string' } };
    compiled({
      ...page({ a: { $ref: '#/definitions/my%20field' }, b: { $ref: '#/definitions/50%' } }),
      definitions,
    });
  });

  it('gives room for a long text, and begins a list with its default', () => {
    const form = compiled(
      page({
        long: { type: 'string', maxLength: 4000 },
        list: { type: 'array', default: ['x', 'y'], items: { type: 'string' } },
      }),
    );
    const [long] = treeOf(form, {}).fields[0]?.fields ?? [];
    assert.equal(long?.control, 'textarea');
    assert.deepEqual(validateAnswers(form, { page: { long: 'a'.repeat(3999) } }, { now: 0 }), []);
    assert.deepEqual(withDefaults(form, {}), { page: { list: ['x', 'y'] } });
  });
});

describe('where a condition adds to a field', () => {
  const when = (then: object) => ({ if: { properties: { k: { const: true } }, required: ['k'] }, then });

  it('its own pattern and step hold too', () => {
    const form = compiled(
      page(
        {
          k: { type: 'boolean' },
          text: { type: 'string', pattern: '^a' },
          number: { type: 'integer', multipleOf: 2 },
          list: { type: 'array', items: { type: 'string', minLength: 2 } },
        },
        when({
          properties: {
            text: { pattern: 'b$' },
            number: { multipleOf: 3 },
            list: { items: { maxLength: 3 } },
          },
        }),
      ),
    );
    const codes = (answers: object) =>
      validateAnswers(form, { page: { k: true, ...answers } }, { now: 0 }).map(({ code }) => code);
    assert.deepEqual(codes({ text: 'ab', number: 6, list: ['abc'] }), []);
    assert.deepEqual(codes({ text: 'b', number: 3, list: ['a'] }), ['pattern', 'multipleOf', 'minLength']);
    assert.deepEqual(codes({ text: 'a', number: 2, list: ['abcd'] }), ['pattern', 'multipleOf', 'maxLength']);
  });

  it('and leaves fewer to choose from, they keep their names, and the texts all of them', () => {
    const choice = { enum: ['a', 'b'], enumNames: ['first.one', 'second.one'] };
    const words = (text: string) => ({ fi: text, sv: text, en: text });
    const form = compiled(
      page({ k: { type: 'boolean' }, choice }, when({ properties: { choice: { enum: ['b'] } } })),
      { translation: { translations: { 'first.one': words('First'), 'second.one': words('Second') } } },
    );
    const narrowed = treeOf(form, { page: { k: true } }).fields[0]?.fields[1]?.schema;
    assert.ok(narrowed);
    const field = { schema: narrowed, ui: {} } as Field;
    const yesNo = { yes: 'Yes', no: 'No' };
    assert.deepEqual(narrowed.enum, ['b']);
    assert.equal(choiceText(field, 'b', { form, language: 'fi' }, yesNo), 'Second');
    assert.deepEqual(
      Object.keys(form.texts.fi)
        .filter(key => /one$/.test(key))
        .toSorted(),
      ['first.one', 'second.one'],
    );
  });
});
