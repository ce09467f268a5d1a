import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkDigit, isBusinessId } from '../../lambdas/domain/business-id.ts';

const sevenDigits = fc.integer({ min: 0, max: 9_999_999 }).map(value => String(value).padStart(7, '0'));
const ids = sevenDigits
  .filter(digits => checkDigit(digits) !== undefined)
  .map(digits => `${digits}-${checkDigit(digits)}`);

test('a known business ID, and what is none', () => {
  // The city's own, from the public register.
  assert.ok(isBusinessId('0201256-6'));
  for (const text of ['0201256-5', '02012566', '201256-6', '0201256-6 ', 'FI02012566', ''])
    assert.ok(!isBusinessId(text));
});

test('seven digits with remainder 1 have no business ID at all', () => {
  fc.assert(
    fc.property(
      sevenDigits.filter(digits => checkDigit(digits) === undefined),
      fc.nat(9),
      (digits, check) => !isBusinessId(`${digits}-${check}`),
    ),
  );
});

test('one wrong digit, or two neighbours swapped, is always noticed', () => {
  fc.assert(
    fc.property(ids, fc.nat(6), fc.nat(9), (id, at, digit) => {
      fc.pre(id.charAt(at) !== String(digit));
      assert.ok(!isBusinessId(id.slice(0, at) + digit + id.slice(at + 1)));
    }),
  );
  fc.assert(
    fc.property(ids, fc.nat(5), (id, at) => {
      fc.pre(id.charAt(at) !== id.charAt(at + 1));
      assert.ok(!isBusinessId(id.slice(0, at) + id.charAt(at + 1) + id.charAt(at) + id.slice(at + 2)));
    }),
  );
});
