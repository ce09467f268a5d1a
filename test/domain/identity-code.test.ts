import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkCharacter, isIdentityCode, parseIdentityCode } from '../../lambdas/domain/identity-code.ts';

const signs = '+-YXWVUABCDEF';
const centuryOf = (sign: string): number => (sign === '+' ? 1800 : '-YXWVU'.includes(sign) ? 1900 : 2000);
const two = (value: number): string => String(value).padStart(2, '0');

/** Artificial codes only. */
const codes = fc
  .record({
    sign: fc.constantFrom(...signs),
    date: fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
    individual: fc.integer({ min: 900, max: 999 }),
  })
  .filter(({ sign, date }) => {
    const leapDay = date.getUTCMonth() === 1 && date.getUTCDate() === 29;
    return !leapDay || centuryOf(sign) === 2000;
  })
  .map(({ sign, date, individual }) => {
    const [day, month, year] = [date.getUTCDate(), date.getUTCMonth() + 1, date.getUTCFullYear() % 100];
    const digits = `${two(day)}${two(month)}${two(year)}`;
    return {
      code: `${digits}${sign}${individual}${checkCharacter(`${digits}${individual}`)}`,
      birthDate: `${centuryOf(sign) + year}-${two(month)}-${two(day)}`,
    };
  });

test('every sign gives its century, and an individual number from 900 is artificial', () => {
  fc.assert(
    fc.property(codes, ({ code, birthDate }) => {
      assert.deepEqual(parseIdentityCode(code), { birthDate, isArtificial: true });
    }),
  );
});

test('one wrong digit or check character is always noticed', () => {
  // A digit changed by d at place k changes the remainder by d·10^k, which 31, a prime above 9, never divides.
  const changes = fc.record({ at: fc.constantFrom(0, 1, 2, 3, 4, 5, 7, 8, 9, 10), to: fc.nat(29) });
  fc.assert(
    fc.property(codes, changes, ({ code }, { at, to }) => {
      const replacement = at === 10 ? '0123456789ABCDEFHJKLMNPRSTUVWXY'.charAt(to) : String(to % 10);
      fc.pre(replacement !== code.charAt(at));
      assert.equal(isIdentityCode(code.slice(0, at) + replacement + code.slice(at + 1)), false);
    }),
    { numRuns: 500 },
  );
});

test('a changed sign is another person, not a mistake: the check does not cover it', () => {
  const [dash, y, a] = ['-', 'Y', 'A'].map(sign => `010190${sign}900${checkCharacter('010190900')}`);
  assert.equal(parseIdentityCode(dash ?? '')?.birthDate, '1990-01-01');
  assert.equal(parseIdentityCode(y ?? '')?.birthDate, '1990-01-01');
  assert.equal(parseIdentityCode(a ?? '')?.birthDate, '2090-01-01');
});

test('what cannot be a code is none', () => {
  const withCheck = (digits: string, sign: string) =>
    `${digits.slice(0, 6)}${sign}${digits.slice(6)}${checkCharacter(digits)}`;
  for (const text of [
    withCheck('310290900', '-'),
    withCheck('290290900', '-'),
    withCheck('001390900', '-'),
    withCheck('010190000', '-'),
    withCheck('010190001', '-'),
    withCheck('010190900', 'G'),
    withCheck('010190900', 'Z'),
    withCheck('010190900', 'y'),
    withCheck('010190900', '-').toLowerCase(),
    ` ${withCheck('010190900', '-')}`,
    `${withCheck('010190900', '-')}\n`,
    '',
    '0101909001',
  ])
    assert.equal(isIdentityCode(text), false, text);
  assert.equal(isIdentityCode(withCheck('290292900', '-')), true);
});
