import { useEffect, useRef } from 'preact/hooks';
import { texts } from '../../client/texts.ts';
import { AnswersView } from '../../components/form/answers-view.tsx';
import type formTexts from '../../components/form/fi.json';
import { type FormView, fieldId } from '../../components/form/form-view.ts';
import { Icon } from '../../components/icon/icon.tsx';
import { Notice } from '../../components/notice/notice.tsx';
import type fi from './fi.json';
import { summaryOf } from './summary.ts';
import type { Sending } from './use-sending.ts';
import { stepHeading } from './use-steps.ts';

export interface ReviewProperties {
  readonly view: FormView;
  readonly number: number;
  readonly attempt: number;
  /** All that stands against sending: texts by pointer. */
  readonly standing: ReadonlyMap<string, string>;
  readonly sending: Sending;
  readonly onEdit: (page: string) => void;
  /** To the field with the error, on its page. */
  readonly onShow: (pointer: string) => void;
  readonly onSend: () => void;
  readonly onPrevious: () => void;
}

const WayToField = ({
  pointer,
  text,
  onShow,
}: Pick<ReviewProperties, 'onShow'> & { readonly pointer: string; readonly text: string }) => (
  <a
    href={`#${fieldId(pointer)}`}
    onClick={event => {
      event.preventDefault();
      onShow(pointer);
    }}
  >
    {text}
  </a>
);

/** What still keeps the form from being sent, each with a way to its field on its own page. */
const Remaining = ({ view, attempt, onShow }: Pick<ReviewProperties, 'view' | 'attempt' | 'onShow'>) => {
  const t = texts<keyof typeof fi>();
  const heading = useRef<HTMLHeadingElement>(null);
  const errors = summaryOf(view.errors, view);
  useEffect(() => {
    if (attempt > 0 && errors.length > 0) heading.current?.focus();
  }, [attempt]);
  if (errors.length === 0) return null;
  return (
    <section class="error-summary" aria-labelledby="remaining">
      <h2 id="remaining" tabIndex={-1} ref={heading}>
        {t('errors', { count: errors.length })}
      </h2>
      <ul>
        {errors.map(({ id, pointer, text }) => (
          <li key={id}>
            <WayToField pointer={pointer} text={text} onShow={onShow} />
          </li>
        ))}
      </ul>
    </section>
  );
};

/** All answers before they are sent, each page with its *Muokkaa*; what is missing or wrong is marked where it belongs. */
export const ReviewStep = ({
  view,
  number,
  attempt,
  standing,
  sending,
  onEdit,
  onShow,
  onSend,
  onPrevious,
}: ReviewProperties) => {
  const t = texts<keyof typeof fi | keyof typeof formTexts>();
  const isSending = sending.state === 'sending';
  const mark = (pointer: string) => {
    const text = standing.get(pointer);
    return text === undefined ? null : (
      <p class="field__error">
        <Icon name="error-fill" />
        <WayToField pointer={pointer} text={text} onShow={onShow} />
      </p>
    );
  };
  return (
    <div class="form form-review">
      <div class="stack stack--s">
        <p class="muted">{t('step', { number, count: number })}</p>
        <h2 id={stepHeading} tabIndex={-1}>
          {t('review')}
        </h2>
        <p>{t('review.lead')}</p>
        {standing.size > 0 && <p>{t('review.open', { count: standing.size })}</p>}
      </div>
      <Remaining view={view} attempt={attempt} onShow={onShow} />
      <AnswersView
        form={view.form}
        answers={view.answers}
        language={view.language}
        mark={mark}
        action={(page, title) => (
          <button
            type="button"
            class="hds-button hds-button--supplementary hds-button--small"
            onClick={() => onEdit(page)}
          >
            {t('answers.edit')}
            <span class="visually-hidden">: {title}</span>
          </button>
        )}
      />
      <div role="alert">
        {sending.state === 'failed' && (
          <Notice kind="error" title={t('sendFailed')}>
            <p>{t(sending.why)}</p>
          </Notice>
        )}
      </div>
      <div class="actions">
        <button
          type="button"
          class="hds-button hds-button--primary"
          aria-disabled={isSending}
          onClick={onSend}
        >
          {t(isSending ? 'sending' : 'send')}
        </button>
        <button type="button" class="hds-button hds-button--secondary" onClick={onPrevious}>
          {t('previous')}
        </button>
      </div>
    </div>
  );
};
