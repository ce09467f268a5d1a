import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { attachmentsOf } from '../../../lambdas/domain/forms/attached.ts';
import { compileForm } from '../../../lambdas/domain/forms/compile.ts';
import { withoutHelpers } from '../../../lambdas/domain/forms/helpers.ts';
import { subventionRow } from '../../../lambdas/domain/forms/sums.ts';
import type { Answers, CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import { validateAnswers } from '../../../lambdas/domain/forms/validate.ts';
import { helpersIn, settle, stripHidden } from '../../../lambdas/domain/forms/visible.ts';
import { cityForm, needsCityForms } from './city-forms.ts';

const errorsOf = (form: CompiledForm, answers: Answers): Record<string, string> =>
  Object.fromEntries(validateAnswers(form, answers, { now: 0 }).map(({ pointer, code }) => [pointer, code]));

/** A form of one page with these properties. */
const formOf = (
  properties: object,
  { required = [] as string[], ui = {}, settings = {}, more = {} } = {},
): CompiledForm => {
  const schema = { type: 'object', properties: { p: { type: 'object', properties, required, ...more } } };
  const { form, problems } = compileForm({ id: 'test', schema, uiSchema: { p: ui }, settings });
  assert.ok(form, JSON.stringify(problems));
  return form;
};
const judge = (schema: object, value: unknown, ui: object = {}): string | undefined =>
  errorsOf(formOf({ a: { title: 'A', ...schema } }, { required: ['a'], ui: { a: ui } }), { p: { a: value } })[
    '/p/a'
  ];

describe('one field', () => {
  const text = { type: 'string' };
  const cases: readonly (readonly [object, unknown, string | undefined, object?])[] = [
    [text, 'Kissa', undefined],
    [text, undefined, 'required'],
    [text, '   ', 'required'],
    [text, 5, 'type'],
    [text, { a: 1 }, 'type'],
    [{ ...text, maxLength: 3 }, 'neljä', 'maxLength'],
    [text, 'neljä', 'maxLength', { 'misc:max-length': 3 }],
    [text, 'x'.repeat(1001), 'maxLength'],
    [{ ...text, minLength: 3 }, 'ab', 'minLength'],
    [{ ...text, pattern: '^[A-Z]{3}-[0-9]{3}$' }, 'ABC-123', undefined],
    [{ ...text, pattern: '^[A-Z]{3}-[0-9]{3}$' }, 'abc', 'pattern'],
    [{ type: 'integer' }, 3, undefined],
    [{ type: 'integer' }, 3.5, 'type'],
    [{ type: 'integer' }, '3', 'type'],
    [{ type: 'integer', minimum: 1 }, 0, 'minimum'],
    [{ type: 'number', exclusiveMinimum: 0 }, 0, 'exclusiveMinimum'],
    [{ enum: [true, false] }, false, undefined],
    [{ enum: [true, false] }, 'false', 'enum'],
    [{ ...text, enum: ['a', 'b'] }, 'c', 'enum'],
    [{ type: 'boolean', const: true }, false, 'const'],
    [{ ...text, format: 'decimal-number' }, '1 234,50', undefined],
    [{ ...text, format: 'decimal-number' }, '12.5', 'format'],
    [text, '2026-02-28', undefined, { 'ui:widget': 'date' }],
    [text, '2026-02-30', 'format', { 'ui:widget': 'date' }],
    [text, '28.2.2026', 'format', { 'ui:widget': 'date' }],
    [{ ...text, format: 'email' }, 'a@b.fi', undefined],
    [{ ...text, format: 'email' }, 'a@b', 'format'],
    [{ ...text, format: 'phone' }, '040 123 4567', undefined],
    [{ ...text, format: 'phone' }, '12', 'format'],
    [{ ...text, format: 'postal-code' }, '00100', undefined],
    [{ ...text, format: 'postal-code' }, '0010', 'format'],
    [{ ...text, format: 'identity-code' }, '010190-900P', undefined],
    [{ ...text, format: 'identity-code' }, '010190-900R', 'format'],
    [{ ...text, format: 'identity-code' }, '310290-900P', 'format'],
    [{ ...text, format: 'business-id' }, '0201256-6', undefined],
    [{ ...text, format: 'business-id' }, '0201256-5', 'format'],
    [{ ...text, format: 'iban' }, 'FI21 1234 5600 0007 85', undefined],
    [{ ...text, format: 'iban' }, 'FI22 1234 5600 0007 85', 'format'],
    [{ type: 'array', items: { enum: ['a', 'b'] }, minItems: 1 }, ['a'], undefined],
    [{ type: 'array', items: { enum: ['a', 'b'] }, minItems: 1 }, [], 'minItems'],
    [{ type: 'array', items: { enum: ['a', 'b'] } }, ['c'], 'enum'],
  ];
  for (const [schema, value, code, ui] of cases)
    it(`${JSON.stringify({ ...schema, ...ui })} ${code ? `answers ${code} to` : 'takes'} ${JSON.stringify(value)?.slice(0, 40)}`, () =>
      assert.equal(judge(schema, value, ui), code));
});

describe('what is no group, list or file where one is asked', () => {
  const group = {
    type: 'object',
    title: 'G',
    properties: { x: { type: 'string', title: 'X' } },
    required: ['x'],
  };
  const list = { type: 'array', title: 'L', items: group };
  const file = { type: 'object', title: 'F' };
  const form = formOf({ group, list, file }, { ui: { file: { 'ui:field': 'atvFile' } } });
  const good = { group: { x: 'on' } };
  for (const [name, value, pointer] of [
    ['group', 'x', '/p/group'],
    ['group', [{ x: 'on' }], '/p/group'],
    ['list', 'x', '/p/list'],
    ['list', { 0: { x: 'on' } }, '/p/list'],
    ['list', [5], '/p/list/0'],
    ['file', 'kartta.pdf', '/p/file'],
    ['file', [{ integrationID: 'a' }], '/p/file'],
  ] as const)
    it(`${name} ${JSON.stringify(value)}`, () => {
      const answers = { p: { ...good, [name]: value } };
      assert.deepEqual(errorsOf(form, answers), { [pointer]: 'type' });
      const sent = stripHidden(form, answers);
      assert.deepEqual(errorsOf(form, sent), { [pointer]: 'type' }, 'stays wrong');
      assert.doesNotMatch(JSON.stringify(sent), /integrationID|0"/, 'nothing that is in it survives');
    });
  it('what is not there at all is no matter of this', () => {
    for (const nothing of [undefined, null, ' '])
      assert.deepEqual(errorsOf(form, { p: { ...good, list: nothing, file: nothing } }), {});
    assert.deepEqual(errorsOf(form, { p: { group: null } }), { '/p/group/x': 'required' });
  });
});

describe('a duration', () => {
  const kinds = { type: 'array', title: 'K', options: [{ id: 1, label: 'Yksi' }] };
  const years = { type: 'string', title: 'V', enum: ['1', '2', '3'] };
  const ui = {
    kinds: { 'ui:field': 'subventionTable' },
    years: { 'ui:field': 'grantDuration', 'ui:widget': 'radio' },
  };
  const form = formOf({ kinds, years }, { ui });
  const of = (value: string) => ({ p: { kinds: [subventionRow('1', '1000')], years: value } });
  it('that the sum has outgrown is settled, one that there is not is refused', () => {
    assert.deepEqual([errorsOf(form, of('3')), errorsOf(form, of('9'))], [{}, { '/p/years': 'enum' }]);
    assert.equal((stripHidden(form, of('3')) as { p: { years: string } }).p.years, '1');
  });
});

describe('what a condition hides', () => {
  const form = formOf(
    { dog: { title: 'Dog?', enum: [true, false] } },
    {
      required: ['dog'],
      more: {
        allOf: [
          {
            if: { properties: { dog: { const: true } }, required: ['dog'] },
            // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
            then: {
              properties: {
                name: { type: 'string', title: 'Name' },
                chip: { title: 'Chip?', enum: [true, false] },
              },
              required: ['name'],
              allOf: [
                {
                  if: { properties: { chip: { const: true } }, required: ['chip'] },
                  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
                  then: { properties: { number: { type: 'string', title: 'Number' } }, required: ['number'] },
                },
              ],
            },
          },
        ],
      },
    },
  );

  it('is not demanded', () => assert.deepEqual(errorsOf(form, { p: { dog: false } }), {}));
  it('is demanded when it shows', () =>
    assert.deepEqual(errorsOf(form, { p: { dog: true } }), { '/p/name': 'required' }));
  it('is gone with what only it showed, and with what nobody asked', () => {
    const answers = { p: { dog: false, name: 'Musti', chip: true, number: '1', extra: 1 }, other: {} };
    assert.deepEqual(stripHidden(form, answers), { p: { dog: false } });
  });
  it('comes back with the answer that shows it: nothing is changed in place', () => {
    const answers = Object.freeze({
      p: Object.freeze({ dog: true, name: 'Musti', chip: true, number: '1' }),
    });
    assert.deepEqual(stripHidden(form, answers), answers);
  });
});

describe('the small grant form', needsCityForms, () => {
  const grant = (item: object, year: unknown = '2026') => ({
    orienteering_maps_step: {
      acting_year_section: { acting_year: year },
      orienteering_subvention: { orienteering_maps: [item] },
    },
  });
  const maps = '/orienteering_maps_step/orienteering_subvention/orienteering_maps';

  it('takes a good application', async () =>
    assert.deepEqual(
      errorsOf(
        await cityForm('liikunta_suunnistuskartta_avustu'),
        grant({ map_name: 'Kartta', cost: '1200,50' }),
      ),
      {},
    ));
  it('names what is missing, and what is wrong in which item', async () => {
    const form = await cityForm('liikunta_suunnistuskartta_avustu');
    assert.deepEqual(errorsOf(form, {}), {
      '/orienteering_maps_step/acting_year_section/acting_year': 'required',
      [maps]: 'required',
    });
    assert.deepEqual(errorsOf(form, grant({ size: '1.5' }, '2025')), {
      '/orienteering_maps_step/acting_year_section/acting_year': 'enum',
      [`${maps}/0/map_name`]: 'required',
      [`${maps}/0/size`]: 'format',
    });
  });
  it('lists the files its answers name', async () => {
    const file = (id: string) => ({
      integrationID: id,
      fileName: `${id}.pdf`,
      fileType: 0,
      size: 1,
      isNewAttachment: true,
    });
    const pointer =
      '/attachments_step/attachments_section/other_attachment_fieldset/other_attachment_fieldset_file';
    const answers = {
      attachments_step: {
        attachments_section: {
          other_attachment_fieldset: { other_attachment_fieldset_file: { files: [file('a'), file('b')] } },
        },
      },
    };
    const form = await cityForm('liikunta_suunnistuskartta_avustu');
    assert.deepEqual(attachmentsOf(form, answers), [
      { pointer, id: 'a', name: 'a.pdf' },
      { pointer, id: 'b', name: 'b.pdf' },
    ]);
  });
});

describe('the large grant form', needsCityForms, () => {
  const apply = (amount: string, more: object = {}) => ({
    grant_info_step: { subventions_section: { subventions: [subventionRow('1', amount)] }, ...more },
  });

  it('reckons the sum that opens its conditional parts', async () => {
    const form = await cityForm('kuva_toiminta');
    const multiYear = '/grant_info_step/multi_year_grant_section/is_multi_year_grant';
    assert.equal(errorsOf(form, apply('5000,99'))[multiYear], undefined);
    assert.equal(errorsOf(form, apply('5 001'))[multiYear], 'required');
  });
  it('keeps answers that only a reckoned sum shows, and does not tell the department the sum', async () => {
    const form = await cityForm('kuva_toiminta');
    const answers = apply('6000', { multi_year_grant_section: { is_multi_year_grant: true } });
    const kept = stripHidden(form, answers);
    const { grant_info_step: sent } = withoutHelpers(kept, helpersIn(form, kept)) as {
      grant_info_step: Record<string, unknown>;
    };
    assert.deepEqual(sent.multi_year_grant_section, { is_multi_year_grant: true });
    assert.equal('subventions_total' in sent, false);
  });
  it('shows the sum as the budget needs it, and fills constants in', async () => {
    const form = await cityForm('kuva_toiminta');
    const { finances_step: finances } = settle(form, apply('6000,5')).answers as Record<
      string,
      Record<string, Record<string, Answers>>
    >;
    assert.deepEqual(finances?.planned_budget_section?.planned_income, {
      income_group_name: 'general',
      compensation: '6000,5',
    });
  });
  it('an attachment that comes later answers a required one', async () => {
    const form = await cityForm('kuva_toiminta');
    const pointer = '/attachments_step/attachments_section/budget/budget_file';
    assert.equal(errorsOf(form, {})[pointer], 'required');
    const later = {
      attachments_step: { attachments_section: { budget: { budget_file: { isDeliveredLater: true } } } },
    };
    assert.equal(errorsOf(form, later)[pointer], undefined);
  });
});

it('refuses a list of thousands for its length, without walking through it', () => {
  const items = { type: 'object', properties: { b: { type: 'string', title: 'B' } }, required: ['b'] };
  for (const [schema, most] of [
    [{ type: 'array', items }, 200],
    [{ type: 'array', items, maxItems: 300 }, 300],
  ] as const) {
    const form = formOf({ a: { title: 'A', ...schema } });
    const list = (length: number, b = 'x') => ({ p: { a: Array.from({ length }, () => ({ b })) } });
    assert.deepEqual(errorsOf(form, list(most)), {});
    assert.deepEqual(stripHidden(form, list(most)), list(most));
    assert.deepEqual(errorsOf(form, list(most + 1)), { '/p/a': 'maxItems' });
    const errors = errorsOf(form, list(60_000, ''));
    assert.equal(errors['/p/a'], 'maxItems');
    assert.ok(Object.keys(errors).length <= most + 2, 'the answer must not be as long as the list');
  }
});
