import { dayAndClock } from '../../web/client/dates.ts';
import type { EpochMs } from '../domain/case.ts';
import type { Translated } from '../domain/language.ts';
import { type CaseRecord, CaseView } from './case-record.tsx';
import { recordText } from './record-texts.ts';
import { renderSheet } from './sheet.tsx';

export interface CasePage extends Omit<CaseRecord, 'level'> {
  readonly city: Translated;
  readonly now: EpochMs;
  /** Where the keys are published that receipts are signed with. */
  readonly keysUrl: string;
}

/** The page of a case's bundle. */
export const renderCasePage = ({ city, now, keysUrl, ...record }: CasePage): string => {
  const { language, shown } = record;
  const t = recordText(language);
  const title = t('case.title', { number: shown.caseNumber });
  return renderSheet({
    language,
    title,
    body: () => (
      <>
        <p class="city">{city[language]}</p>
        <h1>{title}</h1>
        <p>{t('case.lead', { time: dayAndClock(now, language) })}</p>
        <p>{t('case.print')}</p>
        <CaseView {...record} level={2} />
        <div class="note">
          <p>{t('case.files', { url: keysUrl })}</p>
        </div>
      </>
    ),
  });
};
