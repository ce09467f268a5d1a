import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import type fi from './fi.json';
import { Part } from './part.tsx';

/** All of the case to take along, in the reader's language. */
export const Bundle = ({ caseNumber }: { caseNumber: string }) => {
  const t = texts<keyof typeof fi>();
  return (
    <Part title={t('bundle')}>
      <p>{t('bundle.text')}</p>
      <p class="actions">
        <a
          class="hds-button hds-button--secondary hds-button--small"
          href={`/api/cases/${encodeURIComponent(caseNumber)}/bundle?language=${pageLanguage()}`}
          download
        >
          {t('bundle.download')} <span class="visually-hidden">{t('bundle.kind')}</span>
        </a>
      </p>
    </Part>
  );
};
