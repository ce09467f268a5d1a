/** Every form of the city's, and ours, can be filled in and sent; and what is missing or wrong is named where it is. */
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { validate } from '@cfworker/json-schema';
import { withValue } from '../../../lambdas/domain/forms/answers.ts';
import { compileForm, type FormFiles } from '../../../lambdas/domain/forms/compile.ts';
import { option } from '../../../lambdas/domain/forms/controls.ts';
import { everyField, type Field, isHidden } from '../../../lambdas/domain/forms/tree.ts';
import type { Answers, CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import { validateAnswers } from '../../../lambdas/domain/forms/validate.ts';
import { settle, stripHidden } from '../../../lambdas/domain/forms/visible.ts';
import { readFormFiles } from '../../../web/build/form-files.ts';
import { filled, type Manner } from '../../forms/fill.ts';
import { cityFormFiles, cityForms } from './city-forms.ts';

const ours = join(import.meta.dirname, '..', '..', '..', 'web', 'content', 'forms');

const manners: readonly Manner[] = [
  { yes: true },
  { yes: false },
  { yes: true, requiredOnly: true },
  { yes: false, requiredOnly: true },
  { yes: true, euros: 60_000 },
  { yes: false, euros: 25_000 },
];

const errorsOf = (form: CompiledForm, answers: Answers) => validateAnswers(form, answers, { now: 0 });

/** A question that must be answered, and is by nothing but an answer. */
const isAsked = (field: Field): boolean =>
  field.required &&
  option(field.ui, 'startGrant') === undefined &&
  !isHidden(field) &&
  !['group', 'paragraph', 'sum', 'hidden'].includes(field.control) &&
  !/\/\d+$/.test(field.pointer);

/** Judged by a whole draft-07 interpreter, under the schema as its department wrote it. */
const keepsItsSchema = ({ schema }: FormFiles, form: CompiledForm, answers: Answers): boolean =>
  validate(settle(form, answers).answers, schema as object, '7').valid;

const isFillable = (load: () => Promise<FormFiles>) => async () => {
  const files = await load();
  const { form, problems } = compileForm(files);
  assert.ok(form, JSON.stringify(problems));
  for (const manner of manners) {
    const answers = filled(form, manner);
    const what: string = `${form.id} ${JSON.stringify(manner)}`;
    assert.deepEqual(errorsOf(form, answers), [], what);
    assert.ok(keepsItsSchema(files, form, answers), `${what}: under its own schema`);
    const sent = stripHidden(form, answers);
    assert.deepEqual(stripHidden(form, sent), sent, `${what}: what is sent stays as it is`);
    for (const field of everyField(settle(form, answers).tree)) {
      if (!isAsked(field)) continue;
      const errors = errorsOf(form, withValue(answers, field.pointer, undefined));
      assert.deepEqual(
        errors.find(({ pointer }) => pointer === field.pointer),
        { pointer: field.pointer, code: 'required' },
        `${what} without ${field.pointer}`,
      );
    }
  }
};

describe('can be filled in, and misses what is left out', () => {
  for (const id of cityForms)
    it(
      id,
      isFillable(() => cityFormFiles(id)),
    );
  for (const file of globSync('*/schema.json', { cwd: ours }))
    it(
      dirname(file),
      isFillable(() => readFormFiles(join(ours, dirname(file)))),
    );
});
