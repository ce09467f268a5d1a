import { useRef, useState } from 'preact/hooks';
import { withDefaults } from '../../../lambdas/domain/forms/defaults.ts';
import { everyField, type Field, pagesOf } from '../../../lambdas/domain/forms/tree.ts';
import type { Answers } from '../../../lambdas/domain/forms/types.ts';
import { stripHidden } from '../../../lambdas/domain/forms/visible.ts';
import type { Upload } from '../../components/file-sending/sending.ts';
import { type FormView, fieldId } from '../../components/form/form-view.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { putInAddress } from './address.ts';
import type { Opening } from './opening.ts';
import { useAnswers } from './use-answers.ts';
import { type Draft, useDraft } from './use-draft.ts';
import { type Errors, useErrors } from './use-errors.ts';
import { type Sending, useSending } from './use-sending.ts';
import { review, useSteps } from './use-steps.ts';

/** A form being filled in: what is on the screen, and what a person can do about it. */
export interface Filling {
  readonly view: FormView;
  readonly pages: readonly Field[];
  /** Undefined where the answers are checked. */
  readonly page: Field | undefined;
  /** From 0; the number of pages where the answers are checked. */
  readonly index: number;
  readonly errors: Errors;
  readonly kept: Draft;
  readonly sending: Sending;
  /** Focus is in a control, by its id. */
  at(id: string): void;
  go(step: string): void;
  next(): void;
  previous(): void;
  save(): void;
  /** To a field with an error, on whichever page it is. */
  show(pointer: string): void;
  send(): Promise<void>;
  /** Shows these instead of what was typed; saves nothing. */
  replace(answers: Answers): void;
}

/** The field a control belongs to; those of one field have its id at the beginning. */
const fieldWith = (id: string, pages: readonly Field[]): string | undefined => {
  const name = id.replace(/-\d+$/, '');
  for (const page of pages)
    for (const { pointer } of everyField(page))
      if (fieldId(pointer) === id || fieldId(pointer) === name) return pointer;
  return undefined;
};

export const useFilling = ({ form, draftId, place, start, copy }: Opening): Filling => {
  const language = pageLanguage();
  const { answers, latest, tree, update, replace } = useAnswers(
    form,
    () => place.answers ?? withDefaults(form, {}),
  );
  const pages = pagesOf(tree);
  const control = useRef(place.field ? fieldId(place.field) : '');
  const steps = useSteps(pages[place.page]?.name ?? review, control.current || undefined, () => {
    control.current = '';
    if (keeper.revision() === undefined && !keeper.isDirty()) return;
    keeper.changed();
    void keeper.flush();
  });
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const errors = useErrors(form, tree, place.answers !== undefined || place.page > 0, uploads);
  const indexOf = (step: string) => {
    const index = pages.findIndex(({ name }) => name === step);
    return index < 0 ? pages.length : index;
  };
  const index = indexOf(steps.current);
  const submission = () => ({ form: form.id, formVersion: form.version, language });
  const kept = useDraft(
    draftId,
    form.settings.stored,
    () => ({
      ...submission(),
      page: indexOf(steps.latest()),
      field: fieldWith(control.current, pages),
      answers: latest(),
    }),
    start,
    copy,
  );
  const { keeper } = kept;
  const { sending, send, fail } = useSending(errors.refuse);

  const change = (pointer: string, next: (value: unknown) => unknown) => {
    errors.prepare();
    update(pointer, next);
    keeper.changed();
  };
  const draft = useRef(kept.id);
  draft.current = kept.id;
  /** A file that arrives for a draft that has been left is not for the one begun in its place. */
  const changeHere: typeof change = (pointer, next) => {
    if (draft.current === kept.id) change(pointer, next);
  };
  /** There must be a draft, typed in or not: a file belongs to one. */
  const save = () => {
    if (keeper.revision() === undefined) keeper.changed();
    return keeper.flush();
  };
  const { go } = steps;
  const goBy = (offset: number) => go(pages[index + offset]?.name ?? review);

  return {
    view: {
      form,
      language,
      answers,
      tree,
      errors: errors.texts,
      change: (pointer, value) => change(pointer, () => value),
      spell: errors.spell,
      files: { draft: kept.id, save, update: changeHere, uploads, setUploads },
    },
    pages,
    page: pages[index],
    index,
    errors,
    kept,
    sending,
    at: id => {
      if (id === '') return;
      if (control.current !== '' && id !== control.current) keeper.moved();
      control.current = id;
    },
    go,
    next: () => {
      void errors.tryTo(steps.current).then(isFree => isFree && goBy(1));
    },
    previous: () => goBy(-1),
    save: () => void save(),
    show: pointer => go(pointer.split('/')[1] ?? '', fieldId(pointer)),
    send: async () => {
      if (!(await errors.tryTo(review))) return;
      if (uploads.some(({ failure }) => failure === undefined)) return fail('sendFailed.files');
      await keeper.flush();
      if (keeper.isContested()) return fail('sendFailed.conflict');
      // A reload asks by this name whether it came, and as what; of one that is never stored nothing else tells.
      putInAddress(kept.id);
      const answer = await send({ ...submission(), answers: stripHidden(form, latest()) }, kept.id);
      if (answer) await keeper.stop();
    },
    replace,
  };
};
