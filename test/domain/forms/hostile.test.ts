/** Definitions and answers made to break or to hang: refused or borne, and in good time. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { child } from '../../../lambdas/domain/forms/answers.ts';
import { compileForm, type FormFiles } from '../../../lambdas/domain/forms/compile.ts';
import { withDefaults } from '../../../lambdas/domain/forms/defaults.ts';
import { carriedOver } from '../../../lambdas/domain/forms/migrate.ts';
import { patternProblem } from '../../../lambdas/domain/forms/pattern.ts';
import type { Answers, CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import { validateAnswers } from '../../../lambdas/domain/forms/validate.ts';
import { stripHidden } from '../../../lambdas/domain/forms/visible.ts';
import { forms } from '../../forms/random.ts';

/** Milliseconds any one of them may take, generously: a busy machine is no fault. */
const patience = 4000;

const inTime = <Result>(work: () => Result): Result => {
  const before = process.threadCpuUsage();
  const result = work();
  const { user, system } = process.threadCpuUsage(before);
  assert.ok((user + system) / 1000 < patience, `took ${(user + system) / 1000} ms`);
  return result;
};

const bear = (form: CompiledForm, answers: Answers): void =>
  inTime(() => {
    validateAnswers(form, answers, { now: 0 });
    stripHidden(form, answers);
    withDefaults(form, answers);
    carriedOver(form, form, answers);
  });

const keywords = [
  ...[
    'type',
    'properties',
    'required',
    'items',
    'additionalItems',
    'allOf',
    'if',
    'then',
    'else',
    '$ref',
    'enum',
  ],
  ...[
    'const',
    'default',
    'pattern',
    'minLength',
    'format',
    'oneOf',
    'dependencies',
    'definitions',
    'options',
    'title',
  ],
  ...[
    'ui:field',
    'ui:widget',
    'ui:options',
    'ui:order',
    'translations',
    'fi',
    '__proto__',
    'constructor',
    'a',
    'b',
    '',
  ],
];
const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    'object',
    'array',
    'string',
    'integer',
    '#/definitions/a',
    '#',
    '(a+)+$',
    '<b>',
    null,
    true,
  ),
  fc.integer(),
  fc.string({ maxLength: 8 }),
);
/** JSON of the vocabulary's words, put together without sense. */
const nonsense = fc.letrec<{ any: unknown }>(tie => ({
  any: fc.oneof(
    { weight: 3, arbitrary: leaf },
    { weight: 3, arbitrary: fc.dictionary(fc.constantFrom(...keywords), tie('any'), { maxKeys: 5 }) },
    { weight: 1, arbitrary: fc.array(tie('any'), { maxLength: 4 }) },
  ),
})).any;

const asRead = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value) ?? 'null');

describe('a definition', () => {
  it('of any JSON is compiled or refused, never more', () => {
    const files = fc.record({
      schema: nonsense,
      uiSchema: fc.option(nonsense, { nil: undefined }),
      translation: fc.option(nonsense, { nil: undefined }),
      settings: fc.option(nonsense, { nil: undefined }),
      migrations: fc.option(nonsense, { nil: undefined }),
    });
    fc.assert(
      fc.property(files, nonsense, (given, answers) => {
        const { form, problems } = inTime(() => compileForm({ id: 'test', ...asRead(given) } as FormFiles));
        for (const { pointer } of problems) assert.match(pointer, /^(\/[^/]*)*$/);
        if (form) bear(form, asRead(answers) as Answers);
      }),
      { numRuns: 700 },
    );
  });

  it('that is a good one but for a word is compiled or refused', () => {
    const mutated = fc
      .tuple(forms, fc.nat(), fc.constantFrom(...keywords), nonsense)
      .map(([parts, at, word, value]) => {
        const whole = structuredClone(parts) as unknown as Record<string, unknown>;
        const objects: Record<string, unknown>[] = [];
        const collect = (one: unknown): void => {
          if (typeof one !== 'object' || one === null) return;
          if (!Array.isArray(one)) objects.push(one as Record<string, unknown>);
          for (const inner of Object.values(one)) collect(inner);
        };
        collect(whole);
        const target = objects[at % objects.length];
        if (target)
          Object.defineProperty(target, word, {
            value,
            enumerable: true,
            configurable: true,
            writable: true,
          });
        return asRead(whole);
      });
    let compiled = 0;
    fc.assert(
      fc.property(mutated, nonsense, (parts, answers) => {
        const { form } = inTime(() => compileForm({ id: 'test', ...parts } as unknown as FormFiles));
        if (!form) return;
        compiled += 1;
        bear(form, asRead(answers) as Answers);
      }),
      { numRuns: 300 },
    );
    assert.ok(compiled > 10, `${compiled} of 300 were compiled`);
  });

  it('that doubles itself by references is refused', () => {
    const level = (depth: number) => ({
      type: 'object',
      properties: Object.fromEntries(
        Array.from({ length: 10 }, (_, index) => [`p${index}`, { $ref: `#/definitions/d${depth + 1}` }]),
      ),
    });
    const definitions = Object.fromEntries(
      Array.from({ length: 12 }, (_, depth) => [`d${depth}`, depth < 11 ? level(depth) : { type: 'string' }]),
    );
    const schema = { type: 'object', properties: { page: { $ref: '#/definitions/d0' } }, definitions };
    const { form, problems } = inTime(() => compileForm({ id: 'test', schema }));
    assert.equal(form, undefined);
    assert.ok(problems.some(({ severity }) => severity === 'error'));
  });

  it('that leads back to itself by any way is refused', () => {
    for (const $ref of ['#', '#/properties/page', '#/definitions/a', '#/definitions/b']) {
      const schema = {
        type: 'object',
        properties: { page: { type: 'object', properties: { again: { $ref } } } },
        definitions: {
          a: { $ref: '#/definitions/b' },
          b: { items: { $ref: '#/definitions/a' }, type: 'array' },
        },
      };
      assert.equal(inTime(() => compileForm({ id: 'test', schema })).form, undefined, $ref);
    }
  });

  it('of which a sum adds what is no field is refused', () => {
    const schema = { properties: { page: { type: 'object', properties: { sum: { type: 'string' } } } } };
    for (const sourceFields of [5, null, [5], [{}], [null, 'page.sum'], 'page'])
      for (const where of [{ 'ui:options': { sourceFields } }, { 'ui:sourceFields': sourceFields }]) {
        const uiSchema = { page: { sum: { 'ui:field': 'computedSum', ...where } } };
        assert.equal(compileForm({ id: 'test', schema, uiSchema }).form, undefined);
      }
  });

  it('cannot reach into every object there is', () => {
    const files = JSON.parse(
      '{"schema":{"type":"object","properties":{"__proto__":{"type":"string"},"a":{"type":"string","title":"__proto__"}}},"translation":{"translations":{"__proto__":{"fi":"x","sv":"x","en":"x"}}},"uiSchema":{"__proto__":{"ui:help":"x"}}}',
    );
    inTime(() => compileForm({ id: 'test', ...files }));
    assert.equal(child({}, 'ui:help'), undefined);
    assert.equal(({} as Record<string, unknown>).fi, undefined);
  });
});

describe('a pattern', () => {
  it('that may be published is quick on whatever is typed', () => {
    const parts = fc.constantFrom(
      'a',
      'b',
      '[a-z]',
      '\\d',
      '.',
      '(a|b)',
      '(ab)',
      'a?',
      'a*',
      '(a*)',
      '[ab]+',
      '(a|ab)',
      '\\w{1,20}',
    );
    const suffix = fc.constantFrom('', '*', '+', '?', '{2,5}', '{1,}');
    const patterns = fc
      .array(fc.tuple(parts, suffix), { minLength: 1, maxLength: 5 })
      .map(
        pieces =>
          `^${pieces.map(([part, how]) => (/[*+?}]$/.test(part) ? `(?:${part})${how}` : part + how)).join('')}$`,
      );
    let published = 0;
    fc.assert(
      fc.property(patterns, pattern => {
        if (patternProblem(pattern) !== undefined) return;
        published += 1;
        const expression = new RegExp(pattern, 'u');
        for (const text of ['a'.repeat(999), 'ab'.repeat(499), '1'.repeat(999)])
          inTime(() => expression.test(`${text}!`));
      }),
      { numRuns: 300 },
    );
    assert.ok(published > 30, `${published} of 300 could be published`);
  });
});

describe('answers', () => {
  const { form } = compileForm({
    id: 'test',
    schema: {
      type: 'object',
      properties: {
        page: {
          type: 'object',
          properties: {
            text: { type: 'string', pattern: '^[a-z ]+[0-9]*$' },
            list: {
              type: 'array',
              uniqueItems: true,
              items: { type: 'object', properties: { a: { type: 'string' } } },
            },
            many: { type: 'array', uniqueItems: true, items: { enum: ['a', 'b'] } },
            file: { type: 'object' },
          },
        },
      },
    },
    uiSchema: { page: { file: { 'ui:field': 'atvFile', 'misc:multiple': 'true' } } },
  });
  assert.ok(form);
  const nested = (depth: number): unknown => {
    let value: unknown = {};
    for (let level = 0; level < depth; level += 1) value = level % 2 ? [value] : { a: value };
    return value;
  };
  const hostile: Readonly<Record<string, unknown>> = {
    'that nest without end': { page: nested(50_000), text: nested(50_000) },
    'that nest without end in every field': {
      page: { text: nested(20_000), list: [nested(20_000)], many: [nested(20_000)], file: nested(20_000) },
    },
    'of endless items': {
      page: { list: new Array(300_000).fill({}), many: new Array(300_000).fill('c') },
    },
    'of endless names': {
      page: Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`n${index}`, 1])),
    },
    'of one endless text': { page: { text: `${'a '.repeat(500_000)}!` } },
    'of every prototype': JSON.parse(
      '{"__proto__":{"page":{}},"constructor":{"prototype":{}},"page":{"__proto__":{"text":"x"},"toString":1,"list":[{"__proto__":{"a":"x"}}]}}',
    ),
  };
  for (const [what, answers] of Object.entries(hostile))
    it(what, () => {
      bear(form, answers as Answers);
      const kept = stripHidden(form, answers as Answers);
      assert.deepEqual(Object.keys(kept), ['page']);
      assert.equal(({} as Record<string, unknown>).text, undefined);
    });
});
