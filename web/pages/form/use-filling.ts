import { useState } from 'preact/hooks';
import { withDefaults } from '../../../lambdas/domain/forms/defaults.ts';
import { everyField, type Field, pagesOf } from '../../../lambdas/domain/forms/tree.ts';
import type { CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import { stripHidden } from '../../../lambdas/domain/forms/visible.ts';
import type { DraftAnswer } from '../../../lambdas/http/wire.ts';
import { errorText } from '../../components/form/error-text.ts';
import { type FormView, fieldId, type Upload } from '../../components/form/form-view.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { putInAddress } from './address.ts';
import { useAnswers } from './use-answers.ts';
import { type Draft, useDraft } from './use-draft.ts';
import { type Errors, useErrors } from './use-errors.ts';
import { type Sending, useSending } from './use-sending.ts';
import { review, useSteps } from './use-steps.ts';

export interface Opening {
  readonly form: CompiledForm;
  readonly draftId: string;
  readonly draft?: DraftAnswer;
}

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
  go(step: string): void;
  next(): void;
  previous(): void;
  save(): void;
  /** To a field with an error, on whichever page it is. */
  show(pointer: string): void;
  send(): Promise<void>;
  /** Takes over what was saved elsewhere. */
  take(theirs: DraftAnswer): void;
}

const errorTexts = (errors: Errors, tree: Field, form: CompiledForm): FormView['errors'] => {
  const fields = new Map([...everyField(tree)].map(field => [field.pointer, field]));
  const language = pageLanguage();
  return new Map(
    errors.shown.flatMap(({ pointer, code }) => {
      const field = fields.get(pointer);
      return field ? [[pointer, errorText(code, field, { form, language })]] : [];
    }),
  );
};

export const useFilling = ({ form, draftId, draft }: Opening): Filling => {
  const language = pageLanguage();
  const { answers, latest, tree, update, replace } = useAnswers(
    form,
    () => draft?.answers ?? withDefaults(form, {}),
  );
  const pages = pagesOf(tree);
  const steps = useSteps(pages[draft?.page ?? 0]?.name ?? pages[0]?.name ?? review);
  const errors = useErrors(form, tree);
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const indexOf = (step: string) => {
    const index = pages.findIndex(({ name }) => name === step);
    return index < 0 ? pages.length : index;
  };
  const index = indexOf(steps.current);
  const submission = () => ({ form: form.id, formVersion: form.version, language });
  const kept = useDraft(
    draftId,
    form.settings.stored,
    // Checking is no page of the form: who comes back there begins at the last one.
    () => ({ ...submission(), page: Math.min(indexOf(steps.latest()), pages.length - 1), answers: latest() }),
    draft,
  );
  const { keeper } = kept;
  const { sending, send, fail } = useSending(errors.refuse);

  const change = (pointer: string, next: (value: unknown) => unknown) => {
    errors.forget(pointer);
    update(pointer, next);
    keeper.changed();
  };
  /** There must be a draft, typed in or not: a file belongs to one. */
  const save = () => {
    if (keeper.revision() === undefined) keeper.changed();
    return keeper.flush();
  };
  const go = (step: string, focus?: string) => {
    steps.go(step, focus);
    if (keeper.revision() === undefined && !keeper.isDirty()) return;
    keeper.changed();
    void keeper.flush();
  };
  const goBy = (offset: number) => go(pages[index + offset]?.name ?? review);

  return {
    view: {
      form,
      language,
      answers,
      tree,
      errors: errorTexts(errors, tree, form),
      change: (pointer, value) => change(pointer, () => value),
      files: { draft: kept.id, save, update: change, uploads, setUploads },
    },
    pages,
    page: pages[index],
    index,
    errors,
    kept,
    sending,
    go,
    next: () => {
      if (errors.tryTo(steps.current)) goBy(1);
    },
    previous: () => goBy(-1),
    save: () => void save(),
    show: pointer => go(pointer.split('/')[1] ?? '', fieldId(pointer)),
    send: async () => {
      if (!errors.tryTo(review)) return;
      if (uploads.some(({ failure }) => failure === undefined)) return fail('sendFailed.files');
      await keeper.flush();
      // A draft sent elsewhere would answer with that case's number, as if this had arrived.
      if (keeper.isContested()) return fail('sendFailed.conflict');
      const answer = await send({ ...submission(), answers: stripHidden(form, latest()) }, kept.id);
      if (!answer) return;
      await keeper.stop();
      putInAddress(undefined);
    },
    take: theirs => {
      replace(theirs.answers);
      keeper.resume(theirs.revision, false);
    },
  };
};
