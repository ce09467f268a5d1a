import type { VNode } from 'preact';
import type { Field } from '../../../lambdas/domain/forms/tree.ts';
import { texts } from '../../client/texts.ts';
import { FieldsOf } from '../../components/form/field.tsx';
import { Explanation } from '../../components/form/field-frame.tsx';
import { type FormView, nameOf } from '../../components/form/form-view.ts';
import type fi from './fi.json';
import { OwnDetails } from './own-details.tsx';
import { stepHeading } from './use-steps.ts';

interface Properties {
  readonly page: Field;
  readonly number: number;
  readonly count: number;
  readonly view: FormView;
  /** Of what is wrong. */
  readonly summary: VNode | undefined;
  readonly onNext: () => void;
  readonly onPrevious: (() => void) | undefined;
  /** Absent where nothing is stored. */
  readonly onSave: (() => void) | undefined;
}

/** One page of questions. *Seuraava* checks it; *Edellinen* never does. */
export const PageStep = ({ page, number, count, view, summary, onNext, onPrevious, onSave }: Properties) => {
  const t = texts<keyof typeof fi>();
  return (
    <form
      class="form"
      // Until the script is there the Enter key sends nothing anywhere: answers have no place in an address.
      method="dialog"
      noValidate
      key={page.name}
      onSubmit={event => {
        event.preventDefault();
        onNext();
      }}
    >
      <div class="stack stack--s">
        <p class="muted">{t('step', { number, count })}</p>
        <h2 id={stepHeading} tabIndex={-1}>
          {nameOf(page, view)}
        </h2>
        <p class="muted">{t('required')}</p>
      </div>
      {summary}
      <OwnDetails page={page} view={view} />
      {page.control === 'group' && <Explanation field={page} view={view} />}
      <FieldsOf field={page} view={view} />
      <div class="actions">
        <button type="submit" class="hds-button hds-button--primary">
          {t('next')}
        </button>
        {onPrevious && (
          <button type="button" class="hds-button hds-button--secondary" onClick={onPrevious}>
            {t('previous')}
          </button>
        )}
        {onSave && (
          <button type="button" class="hds-button hds-button--supplementary" onClick={onSave}>
            {t('saveDraft')}
          </button>
        )}
      </div>
    </form>
  );
};
