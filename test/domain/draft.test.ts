import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draftAttachmentRequest } from '../../lambdas/domain/attachment.ts';
import { draftExpiry, draftId, draftRequest } from '../../lambdas/domain/draft.ts';
import { compileForm } from '../../lambdas/domain/forms/compile.ts';

const draft = {
  form: 'koirailmoitus',
  formVersion: '0123456789ab',
  language: 'fi',
  page: 0,
  answers: { a: [{ b: 1 }] },
};

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

const takes = (more: object): boolean => draftRequest.safeParse({ ...draft, ...more }).success;

test('a draft is what a form and its filling-in can be', () => {
  assert.equal(takes({}), true);
  assert.equal(takes({ answers: { a: nested(15) } }), true);
  for (const wrong of [
    { answers: undefined },
    { answers: [] },
    { answers: { a: nested(100) } },
    { answers: { a: nested(200_000) } },
    { answers: { a: 'ä'.repeat(150_001) } },
    { form: '../secret' },
    { formVersion: 'current' },
    { language: 'de' },
    { page: -1 },
    { page: 1.5 },
  ])
    assert.equal(takes(wrong), false, Object.keys(wrong).join());
});

test('whatever a form may be called, be long or be deep, its drafts are kept', () => {
  const depths = [10, 20, 30, 60, 100];
  const inGroups = (depth: number): object =>
    depth === 0 ? { type: 'string' } : { type: 'object', properties: { a: inGroups(depth - 1) } };
  const inLists = (depth: number): object =>
    depth === 0 ? { type: 'string' } : { type: 'array', items: inLists(depth - 1) };
  const answersIn = (depth: number): unknown => (depth === 0 ? 'x' : { a: answersIn(depth - 1) });
  const isForm = (schema: object): boolean => compileForm({ id: 'deep', schema }).form !== undefined;
  for (const depth of depths) {
    if (isForm(inGroups(depth))) assert.equal(takes({ answers: answersIn(depth) }), true, `${depth} groups`);
    const lists = {
      type: 'object',
      properties: { s: { type: 'object', properties: { a: inLists(depth) } } },
    };
    if (isForm(lists)) assert.equal(takes({ answers: { s: { a: nested(depth) } } }), true, `${depth} lists`);
  }
  const longName = 'Kuvaile omin sanoin, '.repeat(10);
  for (const field of [`/s/${longName}`, '/s/', '/s//a', '/a'.repeat(30)])
    assert.equal(draftRequest.parse({ ...draft, field }).field, field);
  assert.equal(takes({ page: 220 }), true);
});

test('a place that is none is left out, and the answers are kept', () => {
  for (const field of ['s', '', '/a'.repeat(1001), 7])
    assert.equal(draftRequest.parse({ ...draft, field }).field, undefined, String(field).slice(0, 9));
});

test('a form whose references take it deeper than any page shows is refused', () => {
  const deep = (depth: number, leaf: object): object =>
    depth === 0 ? leaf : { type: 'object', properties: { a: deep(depth - 1, leaf) } };
  const definitions = {
    one: deep(20, { $ref: '#/definitions/two' }),
    two: deep(20, { type: 'string' }),
  };
  const schema = { type: 'object', definitions, properties: { s: { $ref: '#/definitions/one' } } };
  const { form, problems } = compileForm({ id: 'deep', schema });
  assert.equal(form, undefined);
  assert.match(problems.map(({ reason }) => reason).join(), /deep/);
});

test('a file may be given to a field of any name', () => {
  const sha256 = '0'.repeat(64);
  const file = { name: 'a.pdf', size: 1, type: 'application/pdf', sha256 };
  for (const field of [`/s/${'Liitä todistus, '.repeat(10)}`, '/s/', '/a'.repeat(30)])
    assert.equal(draftAttachmentRequest.safeParse({ ...file, field }).success, true);
  for (const field of ['s', '', '/a'.repeat(1001)])
    assert.equal(draftAttachmentRequest.safeParse({ ...file, field }).success, false);
});

test('an id cannot lead out of its key', () => {
  for (const wrong of ['', 'short', 'a/b/c/d/e/f', 'a#b#c#d#e', '..'.repeat(8), 'a'.repeat(65)])
    assert.equal(draftId.safeParse(wrong).success, false, wrong);
  assert.equal(draftId.safeParse('b2f7c3f0-5b1e-4b5e-9f4e-0a1b2c3d4e5f').success, true);
});

test('a draft is kept ninety days', () => {
  assert.equal(
    new Date(draftExpiry(Date.parse('2026-11-23T10:00:00Z'))).toISOString(),
    '2027-02-21T10:00:00.000Z',
  );
});
