/** Random forms of the whole vocabulary, and random answers to them: mostly fitting, sometimes not at all. */
import fc from 'fast-check';
import { possible } from '../../lambdas/domain/forms/effective.ts';
import { subventionRow } from '../../lambdas/domain/forms/sums.ts';
import type { Schema } from '../../lambdas/domain/forms/types.ts';

interface Piece {
  readonly schema: object;
  readonly ui: object;
}

const title = fc.constantFrom('Nimi', 'Määrä', 'Miksi?', 'Kuka', 'Päivä');
const plain = (
  schema: fc.Arbitrary<object>,
  ui: fc.Arbitrary<object> = fc.constant({}),
): fc.Arbitrary<Piece> =>
  fc.tuple(schema, ui, title).map(([one, own, name]) => ({ schema: { title: name, ...one }, ui: own }));
const piece = (schema: object, ui: object = {}): fc.Arbitrary<Piece> =>
  plain(fc.constant(schema), fc.constant(ui));

const few = fc.integer({ min: 0, max: 4 });
const text = fc
  .tuple(few, fc.integer({ min: 20, max: 60 }), fc.boolean())
  .map(([minLength, maxLength, isLimited]) => ({
    type: 'string',
    minLength,
    ...(isLimited && { maxLength }),
  }));
const whole = fc
  .tuple(few, few)
  .map(([a, b]) => ({ type: 'integer', minimum: Math.min(a, b), maximum: 5 + Math.max(a, b) }));

const leaves: readonly fc.Arbitrary<Piece>[] = [
  plain(text, fc.constantFrom({}, { 'ui:widget': 'textarea' }, { 'ui:help': 'Ohje', 'misc:max-length': 30 })),
  plain(whole),
  piece({ type: 'number', exclusiveMinimum: 0 }),
  piece({ type: 'string', enum: ['yksi', 'kaksi', 'kolme'] }),
  piece(
    { type: 'string', enum: ['yksi', 'kaksi'] },
    { 'ui:widget': 'radio', 'ui:enumNames': ['Yksi', 'Kaksi'] },
  ),
  piece({ enum: [true, false] }, { 'ui:widget': 'radio' }),
  piece({ type: 'boolean' }),
  piece({ type: 'string' }, { 'ui:widget': 'date' }),
  piece({ type: 'string', format: 'decimal-number' }),
  piece({ type: 'string', format: 'email' }),
  plain(
    fc
      .constantFrom('phone', 'iban', 'identity-code', 'clock-time')
      .map(format => ({ type: 'string', format })),
  ),
  piece(
    { type: 'string', format: 'date' },
    { 'ui:options': { minDate: '2026-01-01', maxDate: 'today+999y' } },
  ),
  piece({ type: 'string', default: 'aina' }, { 'ui:widget': 'hidden' }),
  piece({ type: 'array', items: { type: 'string', enum: ['a', 'b', 'c'] }, minItems: 1, uniqueItems: true }),
  piece({ type: 'array', items: [{ type: 'null', title: 'Huomaa' }] }, { 'ui:field': 'textParagraph' }),
  piece(
    {
      options: [
        { id: 1, label: 'Toiminta' },
        { id: 2, label: 'Yleis' },
      ],
    },
    { 'ui:field': 'subventionTable' },
  ),
];

const names = ['a', 'b', 'c', 'd', 'e'] as const;

const list = (depth: number): fc.Arbitrary<Piece> =>
  fc
    .tuple(depth > 0 ? group(depth - 1) : fc.oneof(...leaves.slice(0, 9)), few, fc.boolean())
    .map(([item, most, isTuple]) => ({
      schema: {
        type: 'array',
        title: 'Lista',
        ...(isTuple ? { items: [item.schema], additionalItems: item.schema } : { items: item.schema }),
        minItems: 1,
        maxItems: most + 1,
      },
      ui: { items: item.ui, 'ui:options': { addText: 'Lisää rivi' } },
    }));

const flag = { title: 'Onko?', enum: [true, false] };

/** Some fields, some required, some of no use to anybody else, and some that only show when a flag among them says so. */
const group = (depth: number): fc.Arbitrary<Piece> =>
  fc
    .record({
      fields: fc.dictionary(fc.constantFrom(...names), field(depth), { minKeys: 1, maxKeys: 4 }),
      more: fc.dictionary(fc.constantFrom('x', 'y'), field(depth), { maxKeys: 2 }),
      required: fc.subarray([...names]),
      order: fc.boolean(),
      helpers: fc.subarray(['flag', ...names]),
    })
    .map(({ fields, more, required, order, helpers }) => {
      const schemas = (of: Record<string, Piece>) =>
        Object.fromEntries(Object.entries(of).map(([name, { schema }]) => [name, schema]));
      const uis = (of: Record<string, Piece>) =>
        Object.fromEntries(Object.entries(of).map(([name, { ui }]) => [name, ui]));
      const ui: Record<string, object> = { flag: {}, ...uis(fields), ...uis(more) };
      for (const name of helpers)
        if (name in ui) ui[name] = { ...ui[name], 'misc:exclude-from-submit': true };
      const condition = {
        if: { properties: { flag: { const: true } }, required: ['flag'] },
        // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
        then: { properties: schemas(more), required: Object.keys(more) },
      };
      return {
        schema: {
          type: 'object',
          title: 'Ryhmä',
          properties: { ...schemas(fields), flag },
          required: required.filter(name => name in fields),
          ...(Object.keys(more).length > 0 && { allOf: [condition] }),
        },
        ui: { ...ui, ...(order && { 'ui:order': ['flag', '*'] }) },
      };
    });

const field = (depth: number): fc.Arbitrary<Piece> =>
  depth > 0
    ? fc.oneof(
        { weight: 5, arbitrary: fc.oneof(...leaves) },
        { weight: 1, arbitrary: list(depth - 1) },
        { weight: 1, arbitrary: group(depth - 1) },
      )
    : fc.oneof(...leaves);

export interface FormParts {
  readonly schema: object;
  readonly uiSchema: object;
}

/** Pages by name; the second one there only when the first one's flag says so. */
export const forms: fc.Arbitrary<FormParts> = fc
  .tuple(group(2), group(1), fc.oneof(...leaves.slice(0, 9)), fc.boolean())
  .map(([first, second, scalar, isConditional]) => ({
    schema: {
      type: 'object',
      title: 'Satunnainen',
      properties: {
        first: first.schema,
        ...(!isConditional && { second: second.schema }),
        scalar: scalar.schema,
      },
      ...(isConditional && {
        allOf: [
          {
            if: {
              properties: { first: { properties: { flag: { const: true } }, required: ['flag'] } },
              required: ['first'],
            },
            // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
            then: { properties: { second: second.schema } },
          },
        ],
      }),
    },
    uiSchema: { first: first.ui, second: second.ui, scalar: scalar.ui },
  }));

export const anything: fc.Arbitrary<unknown> = fc.jsonValue({ maxDepth: 2 });

/** Answers that mostly fit the schema, so that conditions come true, and sometimes do not fit at all. */
export const answersFor = (given: Schema): fc.Arbitrary<unknown> => {
  const schema = possible(given);
  const fitting = (): fc.Arbitrary<unknown> => {
    if (schema.options)
      return fc
        .integer({ min: 0, max: 60_000 })
        .map(amount => [subventionRow(String(schema.options?.[0]?.id), String(amount))]);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    if (schema.properties)
      return fc.record(
        Object.fromEntries(
          Object.entries(schema.properties).map(([name, inner]) => [name, answersFor(inner)]),
        ),
        { requiredKeys: [] },
      );
    if (schema.type === 'array') {
      const item = Array.isArray(schema.items) ? schema.items[0] : schema.items;
      return fc.array(answersFor((item as Schema | undefined) ?? {}), { maxLength: 3 });
    }
    if (schema.type === 'integer' || schema.type === 'number') return fc.integer({ min: -5, max: 60_000 });
    if (schema.type === 'boolean') return fc.boolean();
    return fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom(
        '12,5',
        '',
        ' ',
        '2026',
        '1 200,50 €',
        '2026-12-24',
        '0800',
        '040 123 4567',
        '1.1.1970',
        '1975-02-28',
      ),
    );
  };
  return fc.oneof({ weight: 12, arbitrary: fitting() }, { weight: 1, arbitrary: anything });
};
