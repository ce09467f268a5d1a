import { useEffect } from 'preact/hooks';
import { hasPlace } from '../../../lambdas/domain/course.ts';
import type { CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import type { SubmissionAnswer } from '../../../lambdas/http/wire/cases.ts';
import { focusById } from '../../client/focus.ts';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { Notice } from '../../components/notice/notice.tsx';
import type receipts from '../../components/receipt/fi.json';
import { ReceiptLinks } from '../../components/receipt/receipt-links.tsx';
import { pageUrl } from '../../urls.ts';
import { nextInAddress } from './address.ts';
import type fi from './fi.json';

const Place = ({ place }: { place: NonNullable<SubmissionAnswer['place']> }) => {
  const t = texts<keyof typeof fi>();
  return (
    <p>
      <strong>
        {hasPlace(place) ? t('sent.place') : t('sent.waiting', { position: place.rank - place.places })}
      </strong>
    </p>
  );
};

/** Where one goes on: to the form that asked for this consent, to the case, or to the front page. */
const Onwards = ({ form, sent }: { form: CompiledForm; sent: SubmissionAnswer }) => {
  const t = texts<keyof typeof fi>();
  const language = pageLanguage();
  const next = form.settings.consent && nextInAddress();
  const link = (href: string, text: string) => (
    <a class="hds-button hds-button--primary" href={href}>
      {text}
    </a>
  );
  if (next)
    return (
      <>
        <p>{t('sent.consent')}</p>
        {link(pageUrl(language, 'form', next), t('sent.continue'))}
      </>
    );
  return sent.stored
    ? link(pageUrl(language, 'folder', sent.caseNumber), t('sent.folder'))
    : link(pageUrl(language, 'front'), t('sent.front'));
};

/** The case number, in the guide's own words (R6.4). */
export const Sent = ({ sent, form }: { sent: SubmissionAnswer; form: CompiledForm }) => {
  const t = texts<keyof typeof fi | keyof typeof receipts>();
  const { caseNumber: number, stored, place } = sent;
  useEffect(() => {
    focusById('sent');
    scrollTo(0, 0);
  }, []);
  return (
    <div class="stack">
      <h1 id="sent">{t('sent')}</h1>
      <Notice kind="success">
        <p>{t(stored ? 'sent.text' : 'sent.notStored', { number })}</p>
        {place && <Place place={place} />}
      </Notice>
      {stored && <p>{t('sent.notify')}</p>}
      <Onwards form={form} sent={sent} />
      <section class="stack stack--s" aria-labelledby="receipt">
        <h2 id="receipt">{t('receipt')}</h2>
        <ReceiptLinks caseNumber={number} stored={stored} />
      </section>
    </div>
  );
};
