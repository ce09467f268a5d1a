import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { amendmentDraft, amendmentOf, changesBetween, reverted } from '../../lambdas/domain/amendment.ts';
import { draftId } from '../../lambdas/domain/draft.ts';

const { answers } = fc.letrec<{ answers: Record<string, unknown>; value: unknown }>(tie => ({
  answers: fc.dictionary(fc.constantFrom('name', 'a/b', 'c~d', 'dogs', '0'), tie('value'), { maxKeys: 4 }),
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('answers'),
  ),
}));

test('what changed, taken back, is what there was; the same has no changes', () => {
  fc.assert(
    fc.property(answers, answers, (before, after) => {
      const plain = [before, after].map(one => JSON.parse(JSON.stringify(one)));
      const changes = changesBetween(plain[0], plain[1]);
      assert.deepEqual(reverted(plain[1], changes), plain[0]);
      assert.deepEqual(changesBetween(plain[0], plain[0]), []);
    }),
  );
});

test('a change names its field, and what is or was not there is absent', () => {
  const before = { dog: { name: 'Musti', breed: 'kirjava' }, toys: ['pallo', 'luu'] };
  const after = { dog: { name: 'Murre', born: '2026-01-01' }, toys: ['pallo', 'keppi'] };
  assert.deepEqual(changesBetween(before, after), [
    { pointer: '/dog/name', before: 'Musti', after: 'Murre' },
    { pointer: '/dog/breed', before: 'kirjava' },
    { pointer: '/dog/born', after: '2026-01-01' },
    { pointer: '/toys/1', before: 'luu', after: 'keppi' },
  ]);
});

test('the draft of a change says which case it changes, and no other draft does', () => {
  const draft = amendmentDraft('HEL-2026-000123', 2);
  assert.ok(draftId.safeParse(draft).success);
  assert.deepEqual(amendmentOf(draft), { caseNumber: 'HEL-2026-000123', version: 2 });
  for (const other of [
    'b2f7c3f0-5b1e-4b5e-9f4e-0a1b2c3d4e5f',
    'amend-HEL-2026-000123-0',
    'amend-HEL-2026-1-1',
  ])
    assert.equal(amendmentOf(other), undefined, other);
});
