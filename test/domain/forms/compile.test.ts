import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileForm, versionOf } from '../../../lambdas/domain/forms/compile.ts';
import { validateAnswers } from '../../../lambdas/domain/forms/validate.ts';
import { compileCityForm, needsCityForms } from './city-forms.ts';

const one = {
  type: 'object',
  properties: {
    page: { type: 'object', title: 'Page', properties: { name: { type: 'string', title: 'Name' } } },
  },
};
const schemaWith = (field: object, more: object = {}) => ({
  type: 'object',
  properties: { page: { type: 'object', properties: { field }, ...more } },
});
const problemsOf = (files: object) =>
  compileForm({ id: 'test', schema: one, ...files }).problems.map(({ file, pointer, severity }) => ({
    file,
    pointer,
    severity,
  }));

describe("the city's own forms", needsCityForms, () => {
  it('compiles the large grant form with its six pages', async () => {
    const { form, pages, fields, problems } = await compileCityForm('kuva_toiminta');
    assert.deepEqual(
      problems.filter(({ severity }) => severity !== 'note'),
      [],
    );
    assert.deepEqual(pages, [
      'grant_info_step',
      'community_activity_step',
      'activity_step',
      'activity_basis_step',
      'finances_step',
      'attachments_step',
    ]);
    assert.equal(fields, 91);
    assert.deepEqual(form?.settings.applicants, ['organisation']);
  });

  it('compiles the small one, with its texts, its years and its closing', async () => {
    const { form, problems } = await compileCityForm('liikunta_suunnistuskartta_avustu');
    assert.deepEqual(problems, []);
    assert.equal(form?.title.sv, 'Idrott, ansökan om bidrag för orienteringskarta');
    assert.deepEqual(form?.pages.map(page => page.title.fi)[0], 'Avustustiedot');
    assert.deepEqual(form?.settings.actingYears, [2026]);
    assert.equal(new Date(form?.settings.closesAt ?? 0).toISOString(), '2026-12-31T22:00:00.000Z');
  });

  it('gives the same files the same version, and other texts another', async () => {
    const { form } = await compileCityForm('liikunta_suunnistuskartta_avustu');
    assert.ok(form);
    assert.match(form.version, /^[0-9a-f]{12}$/);
    assert.equal((await compileCityForm('liikunta_suunnistuskartta_avustu')).form?.version, form.version);
    assert.notEqual(versionOf({ ...form, title: { ...form.title, en: 'Other' } }), form.version);
  });
});

describe('a plain JSON Schema', () => {
  it('is a form: a page a top-level property, its words as they are', () => {
    const { form, pages, problems } = compileForm({ id: 'plain', schema: one });
    assert.deepEqual(problems, []);
    assert.deepEqual(pages, ['page']);
    assert.equal(form?.pages[0]?.title.sv, 'Page');
  });

  it('says the same in other words: constants with titles, null beside a type, tuples, dependencies', () => {
    const { form, problems } = compileForm({
      id: 'plain',
      schema: {
        $defs: {
          size: {
            oneOf: [
              { const: 's', title: 'Small' },
              { const: 'l', title: 'Large' },
            ],
          },
        },
        properties: {
          size: { $ref: '#/$defs/size' },
          nick: { type: ['string', 'null'] },
          pair: { type: 'array', prefixItems: [{ type: 'string' }], items: { type: 'integer' } },
        },
        dependentRequired: { nick: ['size'] },
      },
    });
    assert.deepEqual(
      problems.filter(({ severity }) => severity !== 'note'),
      [],
    );
    assert.deepEqual(form?.schema.properties?.size, { enum: ['s', 'l'], enumNames: ['Small', 'Large'] });
    assert.deepEqual(form?.schema.properties?.nick, { type: 'string' });
    assert.deepEqual(form?.schema.properties?.pair, {
      type: 'array',
      items: [{ type: 'string' }],
      additionalItems: { type: 'integer' },
    });
    assert.ok(form);
    assert.deepEqual(validateAnswers(form, { nick: 'Pekka' }, { now: 0 }), [
      { pointer: '/size', code: 'required' },
    ]);
  });
});

describe('what is not supported is an error at its place, never ignored', () => {
  const at = '/properties/page/properties/field';
  const cases: readonly (readonly [string, object, string])[] = [
    ['an unknown keyword', { type: 'string', contentEncoding: 'base64' }, `${at}/contentEncoding`],
    ['a list of types', { type: ['string', 'integer'] }, `${at}/type`],
    ['an unknown format', { type: 'string', format: 'ipv6' }, `${at}/format`],
    ['a runaway pattern', { type: 'string', pattern: '^(a+)+$' }, `${at}/pattern`],
    ['a pattern that is none', { type: 'string', pattern: '(' }, `${at}/pattern`],
    ['alternatives of whole schemas', { oneOf: [{ type: 'string' }] }, `${at}/oneOf`],
    ['a reference elsewhere', { $ref: 'https://example.com/schema.json' }, `${at}/$ref`],
    ['a reference to nothing', { $ref: '#/definitions/nothing' }, `${at}/$ref`],
    ['a field of no kind', { title: 'What?' }, at],
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
    ['a then without if', { type: 'string', then: { type: 'string' } }, `${at}/then`],
  ];
  for (const [name, field, pointer] of cases)
    it(name, () =>
      assert.deepEqual(problemsOf({ schema: schemaWith(field) }), [
        { file: 'schema.json', pointer, severity: 'error' },
      ]),
    );

  it('a circle of references', () => {
    const schema = {
      ...schemaWith({ $ref: '#/definitions/a' }),
      definitions: { a: { $ref: '#/definitions/a' } },
    };
    assert.equal(problemsOf({ schema })[0]?.severity, 'error');
  });

  it('a required field that is not there', () => {
    const schema = schemaWith({ type: 'string' }, { required: ['other'] });
    assert.deepEqual(problemsOf({ schema })[0], {
      file: 'schema.json',
      pointer: '/properties/page/required',
      severity: 'error',
    });
  });

  it('an unknown widget, option, setting', () => {
    const uiSchema = { page: { name: { 'ui:widget': 'slider', 'ui:options': { confetti: true } } } };
    assert.deepEqual(problemsOf({ uiSchema, settings: { application_opne: '2026-01-01' } }), [
      { file: 'settings.json', pointer: '/application_opne', severity: 'error' },
      { file: 'uiSchema.json', pointer: '/page/name/ui:widget', severity: 'error' },
      { file: 'uiSchema.json', pointer: '/page/name/ui:options/confetti', severity: 'error' },
    ]);
  });

  it('refuses settings that would do nothing', () => {
    const pointers = (settings: object) =>
      problemsOf({ settings })
        .filter(({ severity }) => severity === 'error')
        .map(({ pointer }) => pointer);
    const afterSending = {
      withdrawal: ['sent'],
      amendment: ['sent'],
      attachmentsAfterSending: true,
      appeal: { fi: 'a', sv: 'b', en: 'c' },
    };
    assert.deepEqual(pointers(afterSending), []);
    assert.deepEqual(
      pointers({ ...afterSending, stored: false }),
      Object.keys(afterSending).map(key => `/${key}`),
    );
    assert.deepEqual(pointers({ attachmentsAfterSending: false, stored: false }), []);
    assert.deepEqual(pointers({ roles: ['NIMKO'] }), []);
    assert.deepEqual(pointers({ roles: ['NIMKO'], applicants: ['person'] }), ['/roles']);
  });

  it('a case that is over and could be withdrawn or changed all the same, an appeal in two languages', () => {
    const appeal = { fi: 'Oikaisuvaatimus', sv: 'Omprövning' };
    const settings = { withdrawal: ['sent', 'closed'], amendment: [], messages: 'here', appeal };
    assert.deepEqual(
      problemsOf({ settings }).filter(({ file }) => file === 'settings.json'),
      ['/withdrawal', '/amendment', '/messages', '/appeal'].map(pointer => ({
        file: 'settings.json',
        pointer,
        severity: 'error',
      })),
    );
  });

  it('a sum over a field that is not there', () => {
    const schema = schemaWith({ type: 'number', title: 'Sum' });
    const uiSchema = {
      page: { field: { 'ui:field': 'computedSum', 'ui:options': { sourceFields: ['page.nothing'] } } },
    };
    assert.deepEqual(problemsOf({ schema, uiSchema }), [
      { file: 'uiSchema.json', pointer: '/page/field/ui:options/sourceFields', severity: 'error' },
    ]);
  });

  it('a condition no answer makes true, and a page with nothing on it', () => {
    const when = (condition: object, page: object) => ({
      ...one,
      allOf: [
        {
          if: condition,
          // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
          then: { properties: { further: { type: 'object', properties: page } } },
        },
      ],
    });
    const asked = (value: object) => ({
      properties: { page: { properties: { name: value }, required: ['name'] } },
      required: ['page'],
    });
    const question = { why: { type: 'string', title: 'Why?' } };
    assert.deepEqual(problemsOf({ schema: when(asked({ const: 'a' }), question) }), []);
    for (const condition of [asked({ const: 5 }), { required: ['nothing'] }, { not: {} }])
      assert.deepEqual(
        problemsOf({ schema: when(condition, question) }),
        [{ file: 'schema.json', pointer: '/allOf/0/if', severity: 'error' }],
        JSON.stringify(condition),
      );
    assert.deepEqual(problemsOf({ schema: when(asked({ const: 'a' }), {}) }), [
      { file: 'schema.json', pointer: '/allOf/0/then/properties/further', severity: 'error' },
    ]);
  });

  it('JSON that nests without end', () => {
    const deep = (depth: number): object => (depth === 0 ? {} : { properties: { a: deep(depth - 1) } });
    assert.deepEqual(problemsOf({ schema: deep(5000) }), [
      { file: 'schema.json', pointer: '', severity: 'error' },
    ]);
  });

  it('code, and links that lead astray, in a text', () => {
    for (const text of [
      '<script>alert(1)</script>',
      '<p onclick="x()">a</p>',
      '<a href="javascript:x()">a</a>',
      '<!-- a -->',
      'Hei {{name}}',
      'Katso javascript:x()',
    ])
      assert.deepEqual(
        problemsOf({
          schema: schemaWith({ type: 'string', title: 'a.title' }),
          translation: { translations: { 'a.title': { fi: text, sv: 'a', en: 'a' } } },
        }),
        [{ file: 'translation.json', pointer: '/translations/a.title/fi', severity: 'error' }],
        text,
      );
  });
});

describe('texts', () => {
  const schema = schemaWith({ type: 'string', title: 'a.title' });
  const compileTexts = (entry: object | undefined) =>
    compileForm({ id: 'test', schema, translation: { translations: entry ? { 'a.title': entry } : {} } });

  it('a missing language is a gap, and another language is shown', () => {
    const { form, problems } = compileTexts({ fi: 'Nimi', en: 'Name' });
    assert.deepEqual(
      problems.map(({ pointer, severity }) => [pointer, severity]),
      [['/translations/a.title', 'gap']],
    );
    assert.equal(form?.texts.sv['a.title'], 'Nimi');
  });

  it('a key without a text is a gap', () => {
    const { form, problems } = compileTexts(undefined);
    assert.deepEqual(
      problems.map(({ file, severity }) => [file, severity]),
      [['schema.json', 'gap']],
    );
    assert.ok(form);
  });

  it('tags become blocks: what is published holds no HTML', () => {
    const fi =
      '<p>Lue <a href="https://www.hel.fi/">ohje</a> &amp; täytä.</p><ul><li>Yksi</li><li><strong>Kaksi</strong></li></ul>';
    const { form } = compileTexts({ fi, sv: 'a', en: 'a' });
    assert.deepEqual(form?.texts.fi['a.title'], [
      { kind: 'paragraph', content: ['Lue ', { link: 'ohje', href: 'https://www.hel.fi/' }, ' & täytä.'] },
      { kind: 'list', ordered: false, items: [['Yksi'], [{ strong: 'Kaksi' }]] },
    ]);
  });
});
