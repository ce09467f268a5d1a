import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draftExpiry, draftId, draftRequest } from '../../lambdas/domain/draft.ts';

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
    { answers: { a: nested(50) } },
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
