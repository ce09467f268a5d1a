import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toEmail, toMobileNumber } from '../../lambdas/domain/contact.ts';
import { toContact } from '../../lambdas/domain/profile.ts';

test('mobile numbers as people write them become E.164', () => {
  for (const text of [
    '0401234567',
    '040 123 4567',
    '040-123 4567',
    ' (040) 123-4567 ',
    '+358401234567',
    '+358 40 123 4567',
    '+358 (0)40 123 4567',
    '00358 40 1234567',
  ])
    assert.equal(toMobileNumber(text), '+358401234567', text);
  assert.equal(toMobileNumber('050 123 4567'), '+358501234567');
  assert.equal(toMobileNumber('+46 70 123 45 67'), '+46701234567');
});

test('what no text message reaches is no mobile number', () => {
  for (const text of [
    '09 310 1691',
    '+358 9 310 1691',
    '0600 12345',
    '112',
    '',
    '040',
    '40 123 4567',
    '+0401234567',
    '0401234567890123',
    'puhelin',
    '040 123 456x',
  ])
    assert.equal(toMobileNumber(text), undefined, text);
});

test('a number read is a number read again', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'0123456789 -()+'), maxLength: 18 }), text => {
      const number = toMobileNumber(text);
      if (number === undefined) return;
      assert.match(number, /^\+[1-9]\d{6,14}$/);
      assert.equal(toMobileNumber(number), number);
    }),
    { numRuns: 1000 },
  );
});

test('e-mail addresses', () => {
  for (const text of ['a@b.fi', 'etu.suku+x@posti.example.com', "o'neil@example.fi", 'A_1@EXAMPLE.FI'])
    assert.equal(toEmail(` ${text} `), text);
  for (const text of [
    'a',
    'a@b',
    '@b.fi',
    'a@.fi',
    'a@b..fi',
    'a b@c.fi',
    'a@b.fi, c@d.fi',
    'a@-b.fi',
    'a@b.fi\nBcc: c@d.fi',
    '<a@b.fi>',
    `${'a'.repeat(65)}@b.fi`,
    `a@${'b.'.repeat(130)}fi`,
  ])
    assert.equal(toEmail(text), undefined, text);
});

test('the chosen channel needs its address; the other one may be left out but not be wrong', () => {
  const base = { channel: 'email', language: 'fi' } as const;
  assert.deepEqual(toContact({ ...base, email: ' a@b.fi ', phone: '' }), {
    contact: { ...base, email: 'a@b.fi' },
  });
  assert.deepEqual(toContact({ ...base, phone: '0401234567' }), {
    errors: [{ pointer: '/email', code: 'required' }],
  });
  assert.deepEqual(toContact({ channel: 'sms', language: 'sv', email: 'a@b.fi' }), {
    errors: [{ pointer: '/phone', code: 'required' }],
  });
  assert.deepEqual(toContact({ ...base, email: 'a@b', phone: '1' }), {
    errors: [
      { pointer: '/email', code: 'format' },
      { pointer: '/phone', code: 'format' },
    ],
  });
});
