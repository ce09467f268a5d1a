/** Two versions of a draft, when the form has become another between them. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { compileForm } from '../../../lambdas/domain/forms/compile.ts';
import type { Answers, CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import { settle } from '../../../lambdas/domain/forms/visible.ts';
import type { DraftAnswer } from '../../../lambdas/http/wire/drafts.ts';
import type { FormView } from '../../../web/components/form/form-view.ts';
import type { differencesOf as differing } from '../../../web/pages/form/differences.tsx';
import { settling } from '../../../web/pages/form/settling.ts';
import type { Filling } from '../../../web/pages/form/use-filling.ts';
import { bundled } from './bundled.ts';

const { differencesOf } = await bundled<{ readonly differencesOf: typeof differing }>(
  `
import { withTexts } from '../../client/texts.ts';
import * as differences from './differences.tsx';
export const differencesOf = (...given) => withTexts(key => key, () => differences.differencesOf(...given));
`,
);

/** One page, with a telephone number by this name. */
const formWith = (name: string): CompiledForm => {
  const properties = { [name]: { type: 'string', title: 'Puhelin' } };
  const schema = { type: 'object', properties: { s: { type: 'object', properties } } };
  const { form, problems } = compileForm({ id: 'koe', schema });
  assert.ok(form, JSON.stringify(problems));
  return form;
};

const [old, renamed] = [formWith('puh'), formWith('puhelin')];
const theirs: Answers = { s: { puhelin: '050 2' } };

/** A page of the old version, and what becomes of it. */
const page = () => {
  const done: unknown[] = [];
  const note =
    (name: string) =>
    (...given: readonly unknown[]) => {
      done.push([name, ...given]);
    };
  const keeper = { resume: note('resume'), stop: async () => note('stop')(), flush: async () => true };
  const filling = {
    kept: { keeper, begin: note('begin') },
    view: { form: old, files: { setUploads: note('uploads') } },
    replace: note('replace'),
  } as unknown as Filling;
  return { done, settle: settling(filling, note('reopen')) };
};

const saved = (form: CompiledForm): DraftAnswer =>
  ({ id: 'draft-1', revision: 7, formVersion: form.version, answers: theirs }) as unknown as DraftAnswer;

it('opens what was saved under another version as that, and takes none of it into its own questions', async () => {
  const { done, settle: choose } = page();
  await choose.takeTheirs(saved(renamed));
  assert.deepEqual(done, [['resume', 7, false], ['stop'], ['reopen', 'draft-1']]);
});

it('takes over what was saved under its own version', async () => {
  const { done, settle: choose } = page();
  await choose.takeTheirs(saved(old));
  assert.deepEqual(done, [
    ['resume', 7, false],
    ['replace', theirs],
  ]);
});

it('shows what was answered elsewhere by the questions it answers', () => {
  const mine = { s: { puh: '040 1' } };
  const view = {
    form: old,
    language: 'fi',
    answers: mine,
    tree: settle(old, mine).tree,
  } as unknown as FormView;
  assert.deepEqual(
    differencesOf(view, theirs, renamed).map(({ name, mine: ours, theirs: others }) => [name, ours, others]),
    [
      ['Puhelin', '040 1', ''],
      ['Puhelin', '', '050 2'],
    ],
  );
});
