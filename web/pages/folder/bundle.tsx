import { texts } from '../../client/texts.ts';
import { DownloadLink } from '../../components/download/download-link.tsx';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import type fi from './fi.json';
import { Part } from './part.tsx';

/** All of the case to take along, in the reader's language. */
export const Bundle = ({ caseNumber }: { caseNumber: string }) => {
  const t = texts<keyof typeof fi>();
  return (
    <Part title={t('bundle')}>
      <p>{t('bundle.text')}</p>
      <DownloadLink
        class="hds-button hds-button--secondary hds-button--small"
        path={`cases/${encodeURIComponent(caseNumber)}/bundle?language=${pageLanguage()}`}
      >
        {t('bundle.download')} <span class="visually-hidden">{t('bundle.kind')}</span>
      </DownloadLink>
    </Part>
  );
};
