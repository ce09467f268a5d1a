import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../../web/pages/form/restoring.ts';

const saving = (by: string, number: number) => ({ by, number });
const draft = { revision: 4, saving: saving('this', 7), answers: { a: 'server' } };
const copy = { revision: 3, saving: saving('this', 8), answers: { a: 'device' } };

test('what the same window had saved later is old; what it had not come to save goes on from there', () => {
  assert.equal(judge(draft, copy), 'newer');
  assert.equal(judge(draft, { ...copy, saving: saving('this', 7) }), 'old');
  assert.equal(judge(draft, { ...copy, saving: saving('this', 3) }), 'old');
});

test('another window’s is newer only on the ground of the draft as it is, and else a person chooses', () => {
  const others = { ...copy, saving: saving('other', 1) };
  assert.equal(judge(draft, others), 'contested');
  assert.equal(judge(draft, { ...others, revision: 4 }), 'newer');
  assert.equal(judge(draft, { ...others, revision: undefined }), 'contested');
  assert.equal(judge(draft, { ...others, answers: { a: 'server' } }), 'old');
});
