import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatCaseNumber, parseCaseNumber, searchedNumbers } from '../../lambdas/domain/case-number.ts';

const prefix = fc.stringMatching(/^[A-Z]{2,5}$/);
const year = fc.integer({ min: 1000, max: 9999 });
const sequence = fc.integer({ min: 1, max: 999_999_999 });
const separator = fc.constantFrom('', ' ', '-', ' - ', '\u2011', '\u2013', '\u00a0', '\t');

test('a number is read however it is typed', () => {
  fc.assert(
    fc.property(prefix, year, sequence, separator, separator, fc.boolean(), (head, y, n, one, two, lower) => {
      const digits = [...String(n).padStart(6, '0')].join(one === ' ' ? ' ' : '');
      const typed = `${one}${head}${one}${y}${two}${digits}${two}`;
      const number = formatCaseNumber(head, y, n);
      assert.equal(parseCaseNumber(head, lower ? typed.toLowerCase() : typed), number);
      assert.equal(parseCaseNumber(head, number), number);
    }),
  );
});

test("a year's numbers sort as they were given", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_998 }), n => {
      assert.ok(formatCaseNumber('HEL', 2026, n) < formatCaseNumber('HEL', 2026, n + 1));
    }),
  );
});

test('what is no number is none', () => {
  const none = [
    '',
    'HEL',
    'HEL-2026',
    'HEL-2026-0',
    '2026-000123',
    'ESP-2026-000123',
    'HEL-2026-000123x',
    'HEL-26-123',
  ];
  for (const text of none) assert.equal(parseCaseNumber('HEL', text), undefined, text);
  assert.equal(parseCaseNumber('HEL', `HEL-2026-${' '.repeat(50)}1`), undefined);
});

test('a search takes a number without its letters, without hyphens, and without its year', () => {
  const search = (text: string) => searchedNumbers('HEL', text, 2026);
  for (const text of ['2026/000123', 'hel 2026 000123', 'HEL-2026-000123', ' hel2026000123 ', '2026-123'])
    assert.deepEqual(search(text), ['HEL-2026-000123'], text);
  for (const text of ['000123', '123', 'hel 123', 'HEL-000 123'])
    assert.deepEqual(search(text).slice(0, 2), ['HEL-2026-000123', 'HEL-2025-000123'], text);
  for (const text of ['', 'koira', 'koira 123', 'ESP-2026-000123', '0', '-', '1'.repeat(50)])
    assert.deepEqual(search(text), [], text);
});
