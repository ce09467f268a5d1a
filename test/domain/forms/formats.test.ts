import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compileForm } from '../../../lambdas/domain/forms/compile.ts';
import { formats } from '../../../lambdas/domain/forms/formats.ts';
import { inOneSpelling } from '../../../lambdas/domain/forms/spelling.ts';
import { validateAnswers } from '../../../lambdas/domain/forms/validate.ts';

/** In the order they are read: the spelling, and other ways to write the same; then what is none at all. */
const written: Readonly<Record<string, readonly (readonly [string | undefined, ...string[]])[]>> = {
  'identity-code': [
    ['010190-900P', '010190-900p', ' 010190 – 900p '],
    // The sign tells persons apart.
    ['010190Y900P', '010190y900p'],
    [undefined, '010190-900R', ''],
  ],
  'business-id': [
    ['0201256-6', '02012566', 'FI02012566', '201256-6', '0201256–6'],
    [undefined, '0201256-7', '2012566'],
  ],
  iban: [
    ['FI21 1234 5600 0007 85', 'fi2112345600000785', 'FI2112345600000785 '],
    [undefined, 'FI21 1234 5600 0007 86'],
  ],
  phone: [
    [
      '040 123 4567',
      '0401234567',
      '+358 40 1234567',
      '+358 (0)40 123 4567',
      '00358401234567',
      '040-123.4567',
    ],
    ['09 310 88800', '(09) 310 88800', '0931088800'],
    ['+46701234567', '+46 70 123 45 67', '0046701234567'],
    [undefined, '12', 'soita'],
  ],
  'postal-code': [
    ['00100', ' 00100', 'FI-00100'],
    [undefined, '0010', '001000'],
  ],
  'case-number': [
    ['HEL-2026-000123', 'hel 2026 123', 'HEL2026000123'],
    [undefined, 'HEL-2026'],
  ],
  'clock-time': [
    ['8.00', '8', '08', '8:00', '08.00', '0800', '800', 'klo 8'],
    ['16.30', '1630', '16:30', '16,30'],
    [undefined, '24.00', '8.60', '8.5', 'aamulla'],
  ],
};

describe('a number has one spelling', () => {
  for (const [format, groups] of Object.entries(written))
    it(format, () => {
      for (const [spelling, ...others] of groups)
        for (const text of [spelling ?? [], others].flat())
          assert.equal(formats[format]?.(text), spelling, text);
    });

  it('which spells itself, whatever was typed', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(formats)),
        fc.oneof(fc.string(), fc.stringMatching(/^[ +0-9.:-]{1,14}$/), fc.stringMatching(/^[Ff][Ii]\d{16}$/)),
        (format, text) => {
          const spelling = formats[format]?.(text);
          if (spelling !== undefined) assert.equal(formats[format]?.(spelling), spelling);
        },
      ),
      { numRuns: 3000 },
    ));
});

describe('answers in one spelling', () => {
  const formOf = (schema: object, ui: object = {}) => {
    const { form, problems } = compileForm({ id: 'test', schema, uiSchema: ui });
    assert.ok(form, JSON.stringify(problems));
    return form;
  };
  const properties = {
    p: {
      type: 'object',
      properties: {
        code: { type: 'string', format: 'identity-code' },
        account: { type: 'string', format: 'iban', maxLength: 18 },
        list: { type: 'array', items: { type: 'string', format: 'business-id' } },
      },
    },
  };

  it('are those of the format, unless the rest of the field’s schema would not take them so', () => {
    const form = formOf({ type: 'object', properties });
    const answers = { p: { code: '010190-900p', account: 'fi2112345600000785', list: ['02012566', 'x'] } };
    assert.deepEqual(validateAnswers(form, answers, { now: 0 }), [{ pointer: '/p/list/1', code: 'format' }]);
    assert.deepEqual(inOneSpelling(form, answers), {
      p: { code: '010190-900P', account: 'fi2112345600000785', list: ['0201256-6', 'x'] },
    });
  });
});

describe('limits', () => {
  const now = Date.parse('2026-11-22T22:30:00Z');
  const date = { type: 'string', format: 'date' };
  const time = { type: 'string', format: 'clock-time' };
  const judge = (value: Record<string, string>, ui: object) => {
    const { form, problems } = compileForm({
      id: 'test',
      schema: {
        type: 'object',
        properties: { p: { type: 'object', properties: { from: time, to: time, day: date, until: date } } },
      },
      uiSchema: { p: ui },
    });
    assert.ok(form, JSON.stringify(problems));
    return validateAnswers(form, { p: value }, { now }).map(({ pointer, code }) => `${pointer} ${code}`);
  };

  it('count days from today in Helsinki', () => {
    const from = { day: { 'ui:options': { minDate: 'today', maxDate: 'today+14d' } } };
    assert.deepEqual(judge({ day: '2026-11-22' }, from), ['/p/day minDate']);
    assert.deepEqual(judge({ day: '2026-11-23' }, from), []);
    assert.deepEqual(judge({ day: '2026-12-07' }, from), []);
    assert.deepEqual(judge({ day: '2026-12-08' }, from), ['/p/day maxDate']);
    assert.deepEqual(judge({ day: 'huomenna' }, from), ['/p/day format']);
    const born = { day: { 'ui:options': { minDate: 'today-2y', maxDate: '2026-01-01' } } };
    assert.deepEqual(judge({ day: '2024-11-22' }, born), ['/p/day minDate']);
    assert.deepEqual(judge({ day: '2024-11-23' }, born), []);
    assert.deepEqual(judge({ day: '2026-01-02' }, born), ['/p/day maxDate']);
  });

  it('put what ends after what begins', () => {
    const after = { to: { 'ui:options': { after: 'from' } }, until: { 'ui:options': { after: 'day' } } };
    assert.deepEqual(judge({ from: '8', to: '1630', day: '2026-12-01', until: '2026-12-01' }, after), []);
    assert.deepEqual(judge({ from: '16.30', to: '8' }, after), ['/p/to after']);
    assert.deepEqual(judge({ from: '8.00', to: '8' }, after), ['/p/to after']);
    assert.deepEqual(judge({ day: '2026-12-02', until: '2026-12-01' }, after), ['/p/until after']);
    assert.deepEqual(judge({ to: '8' }, after), []);
  });

  it('are refused where they say nothing', () => {
    const problems = (options: object) =>
      compileForm({
        id: 'test',
        schema: { type: 'object', properties: { p: { type: 'object', properties: { a: time, b: date } } } },
        uiSchema: { p: options },
      })
        .problems.filter(({ severity }) => severity === 'error')
        .map(({ pointer }) => pointer);
    assert.deepEqual(problems({ b: { 'ui:options': { minDate: 'tomorrow' } } }), ['/p/b/ui:options/minDate']);
    assert.deepEqual(problems({ a: { 'ui:options': { minDate: 'today' } } }), ['/p/a']);
  });
});
