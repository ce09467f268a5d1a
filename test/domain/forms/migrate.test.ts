import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compileForm } from '../../../lambdas/domain/forms/compile.ts';
import { carriedOver, lostBy } from '../../../lambdas/domain/forms/migrate.ts';
import type { Answers, CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import { withoutLost } from '../../../lambdas/forms/losses.ts';

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

  const second = compile({ x: text, y: text });
  const both = { a: { x: '040 1', y: '09 2' } };

  it('counts what a move would write over, and nothing where one of the two is empty', () => {
    const one = compile({ y: text }, [{ from: second.version, steps: [{ rename: '/a/x', to: 'y' }] }]);
    assert.deepEqual(lostBy(second, one, both), ['/a/y']);
    assert.equal(carriedOver(second, one, both), undefined);
    assert.deepEqual(carriedOver(second, one, { a: { x: '040 1' } }), { a: { y: '040 1' } });
    assert.deepEqual(carriedOver(second, one, { a: { x: '', y: '09 2' } }), { a: { y: '09 2' } });
    assert.deepEqual(carriedOver(second, one, { a: { x: '1', y: '1' } }), { a: { y: '1' } });
  });

  it('given up, what a move would write over stays with its version, and what it moves is moved', () => {
    const one = compile({ y: text }, [{ from: second.version, steps: [{ rename: '/a/x', to: 'y' }] }]);
    const fields = [{ pointer: '/a/y', drafts: 1 }];
    const given = withoutLost(one, { drafts: 2, versions: [{ version: second.version, drafts: 2, fields }] });
    assert.equal(carriedOver(second, given, both), undefined);
    assert.deepEqual(carriedOver(second, given, { a: { x: '040 1' } }), { a: { y: '040 1' } });
  });

  it('changes two answers round by way of a third name', () => {
    const steps = [
      { rename: '/a/x', to: 'meanwhile' },
      { rename: '/a/y', to: 'x' },
      { rename: '/a/meanwhile', to: 'y' },
    ];
    const round = compile({ x: text, y: text, z: text }, [{ from: second.version, steps }]);
    assert.deepEqual(carriedOver(second, round, both), { a: { x: '09 2', y: '040 1' } });
  });

  it('counts an answer that the new field cannot show; what it shows, with an error, is not lost', () => {
    const yes = { a: { x: 'b' } };
    const choice = (...of: string[]) => ({ type: 'string', enum: of });
    const lost = (from: object, to: object, answers: Answers = yes) =>
      lostBy(compile({ x: from }), compile({ x: to, more: text }), answers);
    for (const to of [{ type: 'boolean' }, choice('a'), { type: 'array', items: choice('a', 'b') }])
      assert.deepEqual(lost(text, to), ['/a/x'], JSON.stringify(to));
    for (const to of [choice('a', 'b'), { type: 'integer' }, { type: 'string', format: 'date' }])
      assert.deepEqual(lost(text, to), [], JSON.stringify(to));
    const boxes = { type: 'array', items: choice('a', 'b') };
    assert.deepEqual(lost(boxes, { type: 'array', items: choice('a') }, { a: { x: ['a', 'b'] } }), ['/a/x']);
    assert.deepEqual(lost(choice('a'), choice('c')), [], 'nor did the old one');
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
