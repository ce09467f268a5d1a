import { useEffect } from 'preact/hooks';
import type { SubmissionAnswer } from '../../../lambdas/http/wire.ts';
import { focusById } from '../../client/focus.ts';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { Notice } from '../../components/notice/notice.tsx';
import { pageUrl } from '../../urls.ts';
import type fi from './fi.json';

/** The case number, in the guide's own words (R6.4). */
export const Sent = ({ sent: { caseNumber: number, stored } }: { sent: SubmissionAnswer }) => {
  const t = texts<keyof typeof fi>();
  const language = pageLanguage();
  useEffect(() => {
    focusById('sent');
    scrollTo(0, 0);
  }, []);
  return (
    <div class="stack">
      <h1 id="sent">{t('sent')}</h1>
      <Notice kind="success">
        <p>{t(stored ? 'sent.text' : 'sent.notStored', { number })}</p>
      </Notice>
      {stored && <p>{t('sent.notify')}</p>}
      <a
        class="hds-button hds-button--primary"
        href={stored ? pageUrl(language, 'folder', number) : pageUrl(language, 'front')}
      >
        {t(stored ? 'sent.folder' : 'sent.front')}
      </a>
    </div>
  );
};
