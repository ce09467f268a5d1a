import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Node, toNode } from '../../lambdas/gdpr/node.ts';

test('everything becomes keys in capitals and values of text', () => {
  assert.deepEqual(
    toNode('asiointi', {
      caseNumber: 'HEL-2026-000001',
      submittedAt: Date.parse('2026-11-23T08:00:00Z'),
      isNew: false,
      signIns: [{ method: 'bank' }],
      'koira-nimi': undefined,
    }),
    {
      key: 'ASIOINTI',
      children: [
        { key: 'CASE_NUMBER', value: 'HEL-2026-000001' },
        { key: 'SUBMITTED_AT', value: '2026-11-23T08:00:00.000Z' },
        { key: 'IS_NEW', value: 'false' },
        { key: 'SIGN_INS', children: [{ key: 'SIGN_IN', children: [{ key: 'METHOD', value: 'bank' }] }] },
      ],
    },
  );
});

const leaves = (node: Node): string[] => (node.children ? node.children.flatMap(leaves) : [node.value ?? '']);

test('no value is lost, whatever a form asked', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.array(fc.string())), answers => {
      const values = Object.values(answers).flat();
      const found = leaves(toNode('answers', answers)).filter(Boolean);
      assert.deepEqual(found.sort(), values.filter(Boolean).sort());
    }),
  );
});
