import { useEffect, useState } from 'preact/hooks';
import type { AmendmentOf } from '../../../lambdas/domain/amendment.ts';
import type { CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import { focusById } from '../../client/focus.ts';
import { texts } from '../../client/texts.ts';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { Notice } from '../../components/notice/notice.tsx';
import { pageUrl } from '../../urls.ts';
import type fi from './fi.json';

type Of = Pick<AmendmentOf, 'caseNumber'>;

/** On every step: what is sent here takes the place of what a case has. */
export const Amends = ({ caseNumber: number }: Of) => {
  const t = texts<keyof typeof fi>();
  return (
    <Notice kind="info" title={t('amends', { number })}>
      <p>{t('amends.text')}</p>
    </Notice>
  );
};

/** A change that is gone is begun anew from its case: as a draft of its own it would become a second one. */
const ToCase = ({ caseNumber: number }: Of) => (
  <a class="hds-button hds-button--primary" href={pageUrl(pageLanguage(), 'folder', number)}>
    {texts<keyof typeof fi>()('amends.case', { number })}
  </a>
);

/** The change one came for was sent, deleted, or too old. */
export const AmendsGone = ({ form, caseNumber: number }: Of & { readonly form: CompiledForm }) => {
  const t = texts<keyof typeof fi>();
  useEffect(() => focusById('gone'), []);
  return (
    <div class="stack">
      <h1 id="gone">{form.title[pageLanguage()]}</h1>
      <Notice kind="alert" title={t('amends.gone')}>
        <p>{t('amends.gone.text', { number })}</p>
      </Notice>
      <p class="actions">
        <ToCase caseNumber={number} />
      </p>
    </div>
  );
};

/** The change was sent or deleted elsewhere while it was being made here. */
export const AmendsNoMore = ({ caseNumber: number }: Of) => {
  const t = texts<keyof typeof fi>();
  const [isOpen, setOpen] = useState(true);
  const stay = () => setOpen(false);
  return (
    <>
      <Notice kind="alert" title={t('amends.gone')}>
        <p>
          <a href={pageUrl(pageLanguage(), 'folder', number)}>{t('amends.case', { number })}</a>
        </p>
      </Notice>
      {isOpen && (
        <Dialog
          alert
          title={t('amends.gone')}
          onDismiss={stay}
          actions={
            <>
              <ToCase caseNumber={number} />
              <button type="button" class="hds-button hds-button--secondary" onClick={stay}>
                {t('amends.stay')}
              </button>
            </>
          }
        >
          <p>{t('amends.gone.text', { number })}</p>
        </Dialog>
      )}
    </>
  );
};
