/** What holds of every form there could be, whatever is answered. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { validate } from '@cfworker/json-schema';
import fc from 'fast-check';
import { isObject, pointerTo, valueAt } from '../../../lambdas/domain/forms/answers.ts';
import { compileForm } from '../../../lambdas/domain/forms/compile.ts';
import { withDefaults } from '../../../lambdas/domain/forms/defaults.ts';
import { withoutHelpers } from '../../../lambdas/domain/forms/helpers.ts';
import { everyField, type Field, mostItems } from '../../../lambdas/domain/forms/tree.ts';
import type { Answers, CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import { validateAnswers } from '../../../lambdas/domain/forms/validate.ts';
import { helpersIn, settle, stripHidden } from '../../../lambdas/domain/forms/visible.ts';
import { filled } from '../../forms/fill.ts';
import { answersFor, type FormParts, forms } from '../../forms/random.ts';
import { loadRendering, wordsOf } from '../../forms/rendering.ts';

const compiled = (parts: FormParts): CompiledForm => {
  const { form, problems } = compileForm({ id: 'random', ...parts });
  assert.ok(form, JSON.stringify({ problems, parts }));
  return form;
};

const answered = forms.chain(parts => {
  const form = compiled(parts);
  return fc.tuple(fc.constant(parts), answersFor(form.schema)).map(([given, value]) => ({
    parts: given,
    form,
    answers: JSON.parse(JSON.stringify(isObject(value) ? value : {})) as Answers,
  }));
});

const errorsOf = (form: CompiledForm, answers: Answers) => validateAnswers(form, answers, { now: 0 });

const inWords = (value: unknown): string =>
  typeof value === 'number' ? String(value).replace('.', ',') : String(value);

/** Pointers of everything some answers hold. */
const pointersIn = (value: unknown, at = ''): readonly string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => [
        pointerTo(at, name),
        ...pointersIn(inner, pointerTo(at, name)),
      ])
    : [];

/** A field of the form, or a part of one answer. Of a list that is far too long, and refused for it, no more is read. */
const isAsked = (pointer: string, fields: ReadonlyMap<string, Field>): boolean => {
  if (fields.has(pointer)) return true;
  const parent = pointer.slice(0, pointer.lastIndexOf('/'));
  const holder = fields.get(parent);
  if (holder === undefined) return parent !== '' && isAsked(parent, fields);
  return holder.control === 'list'
    ? holder.fields.length > mostItems(holder.schema)
    : holder.control !== 'group';
};

it('keeps nothing that is not asked, judges the same before and after, and settles once', () => {
  fc.assert(
    fc.property(answered, ({ form, answers }) => {
      const sent = stripHidden(form, answers);
      assert.deepEqual(stripHidden(form, sent), sent);
      assert.deepEqual(errorsOf(form, sent), errorsOf(form, answers));
      const fields = new Map([...everyField(settle(form, sent).tree)].map(field => [field.pointer, field]));
      for (const pointer of pointersIn(sent)) assert.ok(isAsked(pointer, fields), `${pointer} survived`);
      const told = withoutHelpers(sent, helpersIn(form, sent));
      for (const { pointer, ui } of fields.values())
        if (ui['misc:exclude-from-submit']) assert.ok(!valueAt(told, pointer), `${pointer} is told`);
    }),
    { numRuns: 200 },
  );
});

it('accepts nothing that a whole draft-07 interpreter refuses under the schema as it was written', () => {
  const seen = { accepted: 0, refused: 0 };
  const judge = (parts: FormParts, form: CompiledForm, answers: Answers) => {
    const isAccepted = errorsOf(form, answers).length === 0;
    seen[isAccepted ? 'accepted' : 'refused'] += 1;
    if (isAccepted) assert.ok(validate(settle(form, answers).answers, parts.schema, '7').valid);
  };
  fc.assert(
    fc.property(answered, fc.boolean(), ({ parts, form, answers }, yes) => {
      judge(parts, form, answers);
      judge(parts, form, filled(form, { yes }));
    }),
    { numRuns: 100 },
  );
  assert.ok(seen.accepted > 50 && seen.refused > 50, JSON.stringify(seen));
});

it('is filled in, sent and shown again as it was answered', async () => {
  const rendering = await loadRendering();
  fc.assert(
    fc.property(forms, fc.boolean(), (parts, yes) => {
      const form = compiled(parts);
      const answers = filled(form, { yes });
      assert.deepEqual(errorsOf(form, answers), []);
      const sent = stripHidden(form, answers);
      const read = JSON.parse(JSON.stringify(sent)) as Answers;
      const { tree } = settle(form, read);
      for (const page of tree.fields) assert.ok(rendering.page(form, read, tree, page, 'fi') !== undefined);
      const shown = wordsOf(rendering.answersShown(form, read, 'fi'));
      for (const { control, value } of everyField(tree))
        if (['text', 'textarea', 'decimal', 'number'].includes(control) && value !== undefined)
          assert.ok(shown.includes(inWords(value)), `${value} is not shown`);
      assert.deepEqual(settle(form, withDefaults(form, read)).answers, settle(form, read).answers);
    }),
    { numRuns: 40 },
  );
});
