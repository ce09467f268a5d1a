import { useState } from 'preact/hooks';
import { withDefaults } from '../../../lambdas/domain/forms/defaults.ts';
import { everyField, type Field, pagesOf } from '../../../lambdas/domain/forms/tree.ts';
import type { CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import { treeErrors } from '../../../lambdas/domain/forms/validate.ts';
import { stripHidden } from '../../../lambdas/domain/forms/visible.ts';
import type { FieldError } from '../../../lambdas/domain/refusal.ts';
import type { DraftAnswer } from '../../../lambdas/http/wire.ts';
import { lazily } from '../../client/lazily.tsx';
import { texts } from '../../client/texts.ts';
import { errorText } from '../../components/form/error-text.ts';
import { type FormView, fieldId, nameOf, type Upload } from '../../components/form/form-view.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import type fi from './fi.json';
import { putInAddress } from './form-page.tsx';
import { Head } from './head.tsx';
import { PageStep } from './page-step.tsx';
import { SaveLine } from './save-line.tsx';
import { type Step, StepIndicator } from './step-indicator.tsx';
import { useAnswers } from './use-answers.ts';
import { useDraft } from './use-draft.ts';
import { useSending } from './use-sending.ts';
import { review, useSteps } from './use-steps.ts';

const loadEnding = () => import('./later.ts').then(part => part.Ending);
const Ending = lazily(loadEnding);
const Conflict = lazily(() => import('./later.ts').then(part => part.Conflict));

interface Properties {
  readonly form: CompiledForm;
  readonly draftId: string;
  readonly draft?: DraftAnswer;
}

/** The errors to show now: of pages that were to be left, or of all once the form was to be sent. */
const shownErrors = (errors: readonly FieldError[], tried: ReadonlySet<string>): readonly FieldError[] =>
  errors.filter(({ pointer }) => tried.has(review) || tried.has(pointer.split('/')[1] ?? ''));

/** Filling a form in, from the first question to the case number. */
export const Filler = ({ form, draftId, draft }: Properties) => {
  const t = texts<keyof typeof fi>();
  const language = pageLanguage();
  const { answers, latest, tree, update, replace } = useAnswers(
    form,
    () => draft?.answers ?? withDefaults(form, {}),
  );
  const pages = pagesOf(tree);
  const steps = useSteps(pages[draft?.page ?? 0]?.name ?? pages[0]?.name ?? review);
  const pageIndex = pages.findIndex(page => page.name === steps.current);
  const page = pages[pageIndex];
  const [tried, setTried] = useState<ReadonlySet<string>>(new Set());
  const [attempt, setAttempt] = useState({ at: '', count: 0 });
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const [refused, setRefused] = useState<readonly FieldError[]>([]);

  const content = () => ({
    form: form.id,
    formVersion: form.version,
    language,
    page: Math.max(0, page ? pageIndex : pages.length - 1),
    answers: latest(),
  });
  const kept = useDraft(draftId, form.settings.stored, content, draft);
  const { keeper } = kept;
  const change = (pointer: string, next: (value: unknown) => unknown) => {
    setRefused(found => found.filter(error => error.pointer !== pointer));
    update(pointer, next);
    keeper.changed();
  };
  const files = {
    draft: kept.id,
    save: async () => {
      // A file belongs to a draft: there must be one, typed in or not.
      if (keeper.revision() === undefined) keeper.changed();
      return keeper.flush();
    },
    update: change,
    uploads,
    setUploads,
  };
  const { sending, send, fail } = useSending(errors => {
    setRefused(errors);
    setTried(new Set([review]));
    setAttempt(({ count }) => ({ at: review, count: count + 1 }));
  });

  const found = [...treeErrors(form, tree), ...refused];
  const shown = shownErrors(found, tried);
  const fields = new Map([...everyField(tree)].map(field => [field.pointer, field]));
  const view: FormView = {
    form,
    language,
    answers,
    tree,
    errors: new Map(
      shown.flatMap(({ pointer, code }) => {
        const field = fields.get(pointer);
        return field ? [[pointer, errorText(code, field, { form, language })]] : [];
      }),
    ),
    change: (pointer, value) => change(pointer, () => value),
    files,
  };

  const attemptsAt = (step: string) => (attempt.at === step ? attempt.count : 0);
  const goTo = (step: string, focus?: string) => {
    steps.go(step, focus);
    if (keeper.revision() === undefined && !keeper.isDirty()) return;
    keeper.changed();
    void keeper.flush();
  };
  const tryTo = (what: string): boolean => {
    setTried(before => new Set([...before, what]));
    setAttempt(({ count }) => ({ at: what, count: count + 1 }));
    return shownErrors(found, new Set([what])).length === 0;
  };
  const next = (from: Field) => {
    if (tryTo(from.name)) goTo(pages[pageIndex + 1]?.name ?? review);
  };
  const submit = async () => {
    if (!tryTo(review)) return;
    if (uploads.some(({ failure }) => failure === undefined)) return fail('sendFailed.files');
    await keeper.flush();
    const submission = {
      form: form.id,
      formVersion: form.version,
      language,
      answers: stripHidden(form, latest()),
    };
    const answer = await send(submission, kept.id);
    if (!answer) return;
    await keeper.stop();
    putInAddress(undefined);
  };
  /** To a field with an error, on whichever page it is. */
  const show = (pointer: string) => goTo(pointer.split('/')[1] ?? '', fieldId(pointer));

  const isClean = (name: string) => !found.some(({ pointer }) => pointer.split('/')[1] === name);
  const stepList: readonly Step[] = [
    ...pages.map(({ name }, index) => ({
      id: name,
      title: nameOf(pages[index] as Field, view),
      isDone: isClean(name) && (tried.has(name) || tried.has(review) || index < pageIndex || !page),
    })),
    { id: review, title: t('review'), isDone: false },
  ];
  const isSent = sending.state === 'sent';
  return (
    <div class="form-page">
      {!isSent && <Head form={form} isFirst={pageIndex === 0} />}
      {!isSent && <StepIndicator steps={stepList} current={page ? page.name : review} onGo={goTo} />}
      {kept.state?.kind === 'conflict' && (
        <Conflict
          draftId={kept.id}
          onTheirs={theirs => {
            replace(theirs.answers);
            keeper.resume(theirs.revision, false);
          }}
          onMine={theirs => {
            keeper.resume(theirs.revision, true);
            void keeper.flush();
          }}
          onNew={() => {
            const id = crypto.randomUUID();
            kept.begin(id);
            putInAddress(id);
            keeper.resume(undefined, true);
            void keeper.flush();
          }}
        />
      )}
      {page ? (
        <PageStep
          page={page}
          number={pageIndex + 1}
          count={pages.length + 1}
          view={view}
          attempt={attemptsAt(page.name)}
          onNext={() => next(page)}
          onPrevious={pageIndex > 0 ? () => goTo(pages[pageIndex - 1]?.name ?? '') : undefined}
          onSave={
            form.settings.stored
              ? () => {
                  keeper.changed();
                  void keeper.flush();
                }
              : undefined
          }
        />
      ) : (
        <Ending
          view={view}
          number={pages.length + 1}
          attempt={attemptsAt(review)}
          sending={sending}
          onEdit={goTo}
          onShow={show}
          onSend={() => void submit()}
          onPrevious={() => goTo(pages.at(-1)?.name ?? '')}
        />
      )}
      {form.settings.stored && !isSent && <SaveLine state={kept.state} />}
    </div>
  );
};
