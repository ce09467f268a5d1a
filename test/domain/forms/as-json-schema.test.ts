/** Plain schemas of the whole vocabulary: what is refused of random answers, and where, is what JSON Schema refuses. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { validate } from '@cfworker/json-schema';
import fc from 'fast-check';
import { compileForm } from '../../../lambdas/domain/forms/compile.ts';
import { possible } from '../../../lambdas/domain/forms/effective.ts';
import { holds } from '../../../lambdas/domain/forms/interpret.ts';
import type { Answers, Schema } from '../../../lambdas/domain/forms/types.ts';
import { validateAnswers } from '../../../lambdas/domain/forms/validate.ts';
import { settle } from '../../../lambdas/domain/forms/visible.ts';

type Json = Record<string, unknown>;
const few = fc.integer({ min: 0, max: 2 });
const some = (limits: Record<string, fc.Arbitrary<unknown>>, type: string): fc.Arbitrary<Json> =>
  fc.record(limits, { requiredKeys: [] }).map(chosen => ({ type, ...chosen }));

const words = ['a', 'ab', 'b', '12', 'aab'];
const numbers = [0, 1, 2, 3, 4, 6, 1.5];
const patterns = fc.constantFrom('^a', '^[a-z]+$', 'b$', '^.{2,3}$');
const text = some({ minLength: few, maxLength: fc.integer({ min: 2, max: 4 }), pattern: patterns }, 'string');
const choices = fc.uniqueArray(fc.constantFrom(...words), { minLength: 1, maxLength: 4 });
const whole = some(
  {
    minimum: few,
    exclusiveMinimum: few.map(number => number - 1),
    maximum: fc.integer({ min: 3, max: 6 }),
    exclusiveMaximum: fc.integer({ min: 4, max: 7 }),
    multipleOf: fc.constantFrom(2, 3),
  },
  'integer',
);
const flag = fc.constant<Json>({ type: 'boolean' });
const listOf = (item: fc.Arbitrary<object>): fc.Arbitrary<Json> =>
  fc
    .tuple(
      item,
      some({ minItems: few, maxItems: fc.integer({ min: 2, max: 4 }), uniqueItems: fc.boolean() }, 'array'),
    )
    .map(([items, limits]) => ({ ...limits, items }));
const tupleOf = (item: fc.Arbitrary<object>): fc.Arbitrary<Json> =>
  fc.tuple(item, item).map(([first, rest]) => ({ type: 'array', prefixItems: [first], items: rest }));

const chosen = choices.map((values): Json => ({ type: 'string', enum: values }));
const named = choices.map(
  (values): Json => ({ oneOf: values.map(value => ({ const: value, title: `Named ${value}` })) }),
);
const others = fc.constantFrom<Json>(
  { type: ['integer', 'null'], minimum: 1 },
  { type: 'number', minimum: 0.5 },
  { type: 'boolean', const: true },
  { const: 'a' },
  { enum: ['a', 2, true, null] },
);

/** By name, so that what conditions and `allOf` add to a field is of its type. */
const kinds: Readonly<Record<string, (depth: number) => fc.Arbitrary<object>>> = {
  a: () => fc.oneof(text, chosen),
  b: () => whole,
  c: () => flag,
  d: () => listOf(text),
  e: () => fc.oneof(named, others),
  f: depth => (depth > 0 ? fc.oneof(group(depth - 1), listOf(group(depth - 1))) : tupleOf(text)),
};
const names = Object.keys(kinds);
const some4 = ['a', 'b', 'c', 'd'];

const properties = (of: readonly string[], least: number, depth: number): fc.Arbitrary<object> =>
  fc
    .subarray([...of], { minLength: least, maxLength: Math.min(5, of.length) })
    .chain(picked => fc.record(Object.fromEntries(picked.map(name => [name, kinds[name]?.(depth) ?? flag]))));
const part = fc
  .tuple(properties(some4, 1, 0), fc.subarray(some4, { maxLength: 2 }))
  .map(
    ([added, required]): Json => ({ properties: added, required: required.filter(name => name in added) }),
  );

const wanted: Readonly<Record<string, Json>> = {
  a: { const: 'a' },
  b: { minimum: 2 },
  c: { const: true },
  d: { type: 'array', contains: { const: 'ab' } },
};
const conditionsOn = (name: string): fc.Arbitrary<object> =>
  fc.constantFrom<object>(
    { properties: { [name]: wanted[name] }, required: [name] },
    { properties: { [name]: wanted[name] } },
    { required: [name] },
    { not: { required: [name] } },
    { anyOf: [{ required: [name] }, { properties: { c: { const: false } }, required: ['c'] }] },
  );

const group = (depth: number): fc.Arbitrary<Json> =>
  fc
    .tuple(
      properties(names, 2, depth),
      fc.subarray(names, { maxLength: 2 }),
      fc.nat(5),
      fc.constantFrom(...some4),
    )
    .chain(([own, required, kind, name]) =>
      fc.tuple(conditionsOn(name), part, part).map(([condition, one, other]): Json => {
        // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
        const choice = { if: condition, then: one, else: other };
        const more: readonly Json[] = [
          {},
          choice,
          { allOf: [one, choice] },
          { dependencies: { [name]: one } },
          { dependentRequired: { [name]: Object.keys(own).slice(0, 1) } },
          { allOf: [one, other] },
        ];
        return {
          type: 'object',
          properties: own,
          required: required.filter(one => one in own),
          ...more[kind],
        };
      }),
    );

const schemas = fc
  .tuple(group(1), group(1))
  .map(([first, second]): Json => ({ type: 'object', properties: { first, second } }));

/** Mostly what fits, so that one thing wrong in a form is seen. */
const answersTo = (whole: Schema): fc.Arbitrary<unknown> => {
  const schema = possible(whole);
  const { properties: inner, items, required = [] } = schema;
  const fitting = [...words, ...numbers, true, false].filter(value => holds(value, schema));
  const anything = fc.constantFrom<unknown>(1, 'x', true, null, [], {}, '', 'abcde', '😀');
  const good =
    inner !== undefined
      ? fc.record(Object.fromEntries(Object.entries(inner).map(([name, one]) => [name, answersTo(one)])), {
          requiredKeys: required.filter(name => name in inner),
        })
      : schema.type === 'array'
        ? fc.array(answersTo((Array.isArray(items) ? items[0] : items) as Schema), { maxLength: 4 })
        : fitting.length > 0
          ? fc.constantFrom<unknown>(...fitting)
          : anything;
  return fc.oneof({ weight: 40, arbitrary: good }, { weight: 1, arbitrary: anything });
};

/** Where the oracle finds something wrong; of what is missing it names the holder, and what in words. */
const placesOf = (errors: readonly { instanceLocation: string; error: string }[]): ReadonlySet<string> =>
  new Set(
    errors.flatMap(({ instanceLocation, error }) => {
      const at = instanceLocation.slice(1);
      return [at, ...[...error.matchAll(/"([^"]*)"/g)].map(([, name]) => `${at}/${name}`)];
    }),
  );

const isAnswers = (value: unknown): value is Answers =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

it('judges whole forms as JSON Schema does, and names the same places', () => {
  const seen = { good: 0, bad: 0 };
  const drawn = fc.sample(schemas, { numRuns: 240, seed: 20_261_122 });
  for (const [index, schema] of drawn.entries()) {
    const { form } = compileForm({ id: 'test', schema });
    if (!form) continue;
    for (const given of fc.sample(answersTo(form.schema), { numRuns: 8, seed: index })) {
      const answers: unknown = JSON.parse(JSON.stringify(given));
      if (!isAnswers(answers)) continue;
      const errors = validateAnswers(form, answers, { now: 0 });
      const judged = validate(settle(form, answers).answers, schema, '2020-12', undefined, false);
      const what = () => JSON.stringify({ schema, answers, errors, judged: judged.errors });
      seen[judged.valid ? 'good' : 'bad'] += 1;
      assert.equal(errors.length === 0, judged.valid, what());
      const places = placesOf(judged.errors);
      for (const { pointer } of errors) assert.ok(places.has(pointer), `${pointer} in ${what()}`);
    }
  }
  assert.ok(seen.good > 50 && seen.bad > 50, JSON.stringify(seen));
});
