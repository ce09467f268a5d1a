import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compileForm } from '../../../lambdas/domain/forms/compile.ts';
import { carriedOver, lostBy } from '../../../lambdas/domain/forms/migrate.ts';
import type { CompiledForm } from '../../../lambdas/domain/forms/types.ts';

const text = { type: 'string' };
const pages = (properties: object): object => ({
  type: 'object',
  properties: { a: { type: 'object', properties } },
});
const compile = (properties: object, migrations?: unknown): CompiledForm => {
  const { form, problems } = compileForm({ id: 'test', schema: pages(properties), migrations });
  assert.ok(form, JSON.stringify(problems));
  return form;
};
const dogs = (name: string) => ({
  dogs: { type: 'array', items: { type: 'object', properties: { [name]: text, age: { type: 'integer' } } } },
});
const first = compile({ ...dogs('name'), street: text, agreed: { type: 'boolean' } });

describe('carrying answers over to another version', () => {
  it('loses nothing where every field is still there, whatever else came', () => {
    const next = compile({ ...dogs('name'), street: text, agreed: { type: 'boolean' }, more: text });
    const answers = { a: { dogs: [{ name: 'Musti' }], street: 'Katu 1' } };
    assert.deepEqual(carriedOver(first, next, answers), answers);
  });

  it('renames in every item, moves between pages, and drops what it says', () => {
    const next = compile({ ...dogs('called'), address: { type: 'object', properties: { street: text } } }, [
      {
        from: first.version,
        steps: [
          { rename: '/a/dogs/*/name', to: 'called' },
          { move: '/a/street', to: '/a/address/street' },
          { drop: '/a/agreed' },
        ],
      },
    ]);
    const answers = {
      a: { dogs: [{ name: 'Musti', age: 3 }, { name: 'Rekku' }], street: 'Katu 1', agreed: true },
    };
    assert.deepEqual(carriedOver(first, next, answers), {
      a: { dogs: [{ called: 'Musti', age: 3 }, { called: 'Rekku' }], address: { street: 'Katu 1' } },
    });
  });

  it('goes through every version between', () => {
    const second = compile({ b: text }, [{ from: first.version, steps: [{ rename: '/a/street', to: 'b' }] }]);
    const third = compile({ c: text }, [
      { from: first.version, steps: [{ rename: '/a/street', to: 'b' }] },
      { from: second.version, steps: [{ rename: '/a/b', to: 'c' }] },
    ]);
    assert.deepEqual(carriedOver(first, third, { a: { street: 'Katu 1' } }), { a: { c: 'Katu 1' } });
    assert.deepEqual(carriedOver(second, third, { a: { b: 'Katu 1' } }), { a: { c: 'Katu 1' } });
  });

  it('stays where it would lose an answer; a default nobody touched is none', () => {
    const next = compile({ ...dogs('name') });
    assert.deepEqual(lostBy(first, next, { a: { street: 'Katu 1', agreed: true } }), [
      '/a/street',
      '/a/agreed',
    ]);
    assert.equal(carriedOver(first, next, { a: { street: 'Katu 1' } }), undefined);
    assert.deepEqual(lostBy(first, next, { a: { street: ' ', agreed: false } }), []);
  });

  it('sees that a text has no place in a group, nor a group in a text', () => {
    const group = compile({ street: { type: 'object', properties: { name: text } } });
    assert.deepEqual(lostBy(first, group, { a: { street: 'Katu 1' } }), ['/a/street']);
    assert.deepEqual(lostBy(group, first, { a: { street: { name: 'Katu' } } }), ['/a/street']);
  });

  it('to the same form loses nothing, whatever stands in the draft', () => {
    const answers = fc.dictionary(fc.constantFrom('a', '__proto__', 'constructor'), fc.jsonValue());
    fc.assert(
      fc.property(answers, given => {
        const read = JSON.parse(JSON.stringify(given));
        assert.deepEqual(lostBy(first, first, read), []);
      }),
    );
  });
});

it('says what is wrong in migrations.json, and where', () => {
  const { problems } = compileForm({
    id: 'test',
    schema: pages({ street: text }),
    migrations: [
      { from: 'nothing', steps: [] },
      {
        from: '0123456789ab',
        steps: [{ move: '/a/x', to: '/a/nowhere' }, { drop: 'a' }, { rename: '/a/*/x', to: 'street' }],
      },
      { from: '0123456789ab', steps: [] },
    ],
  });
  assert.deepEqual(
    problems.filter(({ severity }) => severity === 'error').map(({ file, pointer }) => `${file} ${pointer}`),
    ['migrations.json /0', 'migrations.json /1/steps/1', 'migrations.json /2/from'],
  );
});
