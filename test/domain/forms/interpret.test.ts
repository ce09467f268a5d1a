import assert from 'node:assert/strict';
import { it } from 'node:test';
import { validate } from '@cfworker/json-schema';
import fc from 'fast-check';
import { brokenKeyword, holds } from '../../../lambdas/domain/forms/interpret.ts';

const scalar = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom('', 'a', 'ab', 'Ä', '😀', '12', true, false, 0.5),
);
const value = fc.letrec(tie => ({
  any: fc.oneof({ weight: 4, arbitrary: scalar }, fc.constant(null), tie('list'), tie('object')),
  list: fc.array(tie('any'), { maxLength: 3 }),
  object: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('any'), { maxKeys: 3 }),
})).any;

const count = fc.nat({ max: 3 });
const assertion = (schema: fc.Arbitrary<object>): Record<string, fc.Arbitrary<unknown>> => ({
  type: fc.constantFrom('object', 'array', 'string', 'integer', 'number', 'boolean', 'null'),
  const: scalar,
  enum: fc.array(scalar, { minLength: 1, maxLength: 3 }),
  minLength: count,
  maxLength: count,
  pattern: fc.constantFrom('^a', '^[0-9]+$', '^.$'),
  minimum: fc.integer({ min: -2, max: 2 }),
  maximum: fc.integer({ min: -2, max: 2 }),
  exclusiveMinimum: fc.integer({ min: -2, max: 2 }),
  exclusiveMaximum: fc.integer({ min: -2, max: 2 }),
  multipleOf: fc.constantFrom(1, 2, 0.5, 0.1),
  minItems: count,
  maxItems: count,
  uniqueItems: fc.boolean(),
  items: fc.oneof(schema, fc.array(schema, { minLength: 1, maxLength: 2 })),
  additionalItems: schema,
  contains: schema,
  required: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 }),
  properties: fc.dictionary(fc.constantFrom('a', 'b', 'c'), schema, { maxKeys: 2 }),
  not: schema,
  allOf: fc.array(schema, { minLength: 1, maxLength: 2 }),
  anyOf: fc.array(schema, { minLength: 1, maxLength: 2 }),
  oneOf: fc.array(schema, { minLength: 1, maxLength: 2 }),
  if: schema,
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
  then: schema,
  else: schema,
});
const keywords = Object.keys(assertion(fc.constant({})));

/** A schema of few keywords, so that both verdicts come up. */
const schemaOf = (depth: number): fc.Arbitrary<object> =>
  fc.uniqueArray(fc.constantFrom(...keywords), { maxLength: 2 }).chain(names => {
    const inner = depth > 0 ? schemaOf(depth - 1) : fc.constant({});
    const all = assertion(inner);
    return fc.record(Object.fromEntries(names.map(name => [name, all[name] as fc.Arbitrary<unknown>])));
  });

it('judges as a whole draft-07 interpreter does', () => {
  const seen = { good: 0, bad: 0 };
  fc.assert(
    fc.property(schemaOf(2), value, (schema, instance) => {
      const { valid } = validate(instance, schema, '7', {});
      seen[valid ? 'good' : 'bad'] += 1;
      assert.equal(holds(instance, schema), valid);
    }),
    { numRuns: 4000 },
  );
  assert.ok(seen.good > 400 && seen.bad > 400, JSON.stringify(seen));
});

it('names first what must be mended first', () => {
  assert.equal(brokenKeyword('abcd', { pattern: '^x', maxLength: 3 }), 'maxLength');
  assert.equal(brokenKeyword(5, { enum: ['a'], type: 'string' }), 'type');
});
