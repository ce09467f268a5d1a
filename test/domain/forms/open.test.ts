import assert from 'node:assert/strict';
import { it } from 'node:test';
import { compileForm } from '../../../lambdas/domain/forms/compile.ts';
import { helsinkiInstant, isOpen } from '../../../lambdas/domain/forms/open.ts';

const instants: readonly (readonly [string, string | undefined])[] = [
  ['2026-01-01T00:00:00', '2025-12-31T22:00:00.000Z'],
  ['2026-07-01T12:00', '2026-07-01T09:00:00.000Z'],
  ['2026-03-29T02:59:59', '2026-03-29T00:59:59.000Z'],
  ['2026-03-29T04:00:00', '2026-03-29T01:00:00.000Z'],
  ['2026-12-24', '2026-12-23T22:00:00.000Z'],
  ['2026-02-30', undefined],
  ['tomorrow', undefined],
];
for (const [text, iso] of instants)
  it(`reads ${text} as Helsinki's time`, () => {
    const at = helsinkiInstant(text);
    assert.equal(at === undefined ? undefined : new Date(at).toISOString(), iso);
  });

const schema = {
  type: 'object',
  properties: { page: { type: 'object', properties: { a: { type: 'string' } } } },
};
const formWith = (settings: object) => {
  const { form } = compileForm({ id: 'test', schema, settings });
  assert.ok(form);
  return form;
};

it('is open from its opening through the last second of its closing', () => {
  const form = formWith({
    application_open: '2026-01-01T00:00:00',
    application_close: '2026-12-31T23:59:59',
  });
  const at = (iso: string) => isOpen(form, Date.parse(iso));
  assert.deepEqual(
    [
      '2025-12-31T21:59:59.999Z',
      '2025-12-31T22:00:00Z',
      '2026-12-31T21:59:59.999Z',
      '2026-12-31T22:00:00Z',
    ].map(at),
    [false, true, true, false],
  );
});

it('is open through the whole of a closing day, in summer time and on the day it ends', () => {
  for (const [day, end] of [
    ['2026-12-31', '2026-12-31T22:00:00Z'],
    ['2026-10-25', '2026-10-25T22:00:00Z'],
    ['2026-06-30', '2026-06-30T21:00:00Z'],
  ] as const) {
    const form = formWith({ application_open: day, application_close: day });
    assert.ok(isOpen(form, Date.parse(end) - 1), day);
    assert.ok(!isOpen(form, Date.parse(end)), day);
  }
});

it('is always open when it is continuous, or has no times', () => {
  const continuous = formWith({ application_close: '2020-12-31T23:59:59', continuous: true });
  assert.ok(isOpen(continuous, Date.now()) && isOpen(formWith({}), 0));
});
