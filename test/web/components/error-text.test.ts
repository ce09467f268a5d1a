import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileForm } from '../../../lambdas/domain/forms/compile.ts';
import { everyField } from '../../../lambdas/domain/forms/tree.ts';
import { validateAnswers } from '../../../lambdas/domain/forms/validate.ts';
import { settle } from '../../../lambdas/domain/forms/visible.ts';
import type { Language } from '../../../lambdas/domain/language.ts';
import { translator } from '../../../lambdas/domain/texts.ts';
import { withTexts } from '../../../web/client/texts.ts';
import en from '../../../web/components/form/en.json' with { type: 'json' };
import { errorText } from '../../../web/components/form/error-text.ts';
import fi from '../../../web/components/form/fi.json' with { type: 'json' };
import sv from '../../../web/components/form/sv.json' with { type: 'json' };

const texts = { fi, sv, en };

/** What is said of an answer that a field called A does not take. */
const saidOf = (language: Language, schema: object, value: unknown): string => {
  const properties = { a: { title: 'A', ...schema } };
  const { form } = compileForm({
    id: 'test',
    schema: { type: 'object', properties: { p: { type: 'object', properties } } },
    settings: {},
  });
  assert.ok(form);
  const { tree } = settle(form, { p: { a: value } });
  const field = [...everyField(tree)].find(({ pointer }) => pointer === '/p/a');
  const [error] = validateAnswers(form, { p: { a: value } }, { now: 0 });
  assert.ok(field && error);
  return withTexts(translator(texts[language] as Record<string, string>, language), () =>
    errorText(error.code, field, { form, language, tree }),
  );
};

test('what a number must exceed is not said to be enough, nor is the next whole one asked for', () => {
  const above = { type: 'number', exclusiveMinimum: 0 };
  assert.equal(saidOf('fi', above, 0), 'Kohdan ”A” pitää olla suurempi kuin 0');
  assert.equal(saidOf('sv', above, 0), '”A” måste vara större än 0');
  assert.equal(saidOf('en', { type: 'number', exclusiveMaximum: 3 }, 3), '“A” must be less than 3');
});

test('a limit with decimals has a comma, as answers are typed in every language', () => {
  assert.equal(saidOf('fi', { type: 'number', minimum: 0.5 }, 0), 'Kohdan ”A” pitää olla vähintään 0,5');
  assert.equal(saidOf('en', { type: 'number', maximum: 12.5 }, 13), '“A” must be 12,5 or less');
});

test('one character is one', () => {
  const text = { type: 'string', minLength: 3, maxLength: 1 };
  assert.match(saidOf('fi', { ...text, minLength: 0 }, 'ab'), /enintään 1 merkki$/);
  assert.match(saidOf('fi', { ...text, maxLength: 5 }, 'ab'), /vähintään 3 merkkiä$/);
});

test('what a number must be a multiple of is said, and that an answer stands twice', () => {
  const dozens = { type: 'integer', multipleOf: 12 };
  assert.equal(saidOf('fi', dozens, 13), 'Kirjoita kohtaan ”A” luku, joka on luvun 12 monikerta');
  const list = { type: 'array', uniqueItems: true, items: { type: 'string' } };
  assert.match(saidOf('sv', list, ['a', 'a']), /”A” har samma svar två gånger/);
});
