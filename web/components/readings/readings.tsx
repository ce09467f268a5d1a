import type { ReadingAnswer } from '../../../lambdas/http/wire/access-log.ts';
import { getCaseReadings, getReadings } from '../../client/api.ts';
import { texts } from '../../client/texts.ts';
import { pageUrl } from '../../urls.ts';
import { pageLanguage } from '../frame/page-texts.ts';
import { Entries } from './entries.tsx';
import type { ReadingsText } from './readings-texts.ts';

/** Who, what of it, and why. In the list of all cases, which one too. */
const Reading = ({ reading, isOfCase }: { reading: ReadingAnswer; isOfCase: boolean }) => {
  const t = texts<ReadingsText>();
  const { by, what, file = '', purpose, caseNumber } = reading;
  return (
    <>
      <strong>{by.name}</strong> ({t(`readings.by.${by.kind}`)})<br />
      {t(`readings.what.${what}`, { file })}
      {!isOfCase && caseNumber !== undefined && (
        <>
          {' '}
          <a href={pageUrl(pageLanguage(), 'folder', caseNumber)}>{caseNumber}</a>
        </>
      )}
      {purpose !== undefined && (
        <>
          <br />
          {t('readings.purpose', { purpose })}
        </>
      )}
    </>
  );
};

/** Who has looked at one case, or at any of the folder. */
export const Readings = ({ caseNumber }: { caseNumber?: string }) => {
  const t = texts<ReadingsText>();
  const isOfCase = caseNumber !== undefined;
  return (
    <div class="stack">
      <p>{t('readings.lead')}</p>
      <Entries
        load={isOfCase ? cursor => getCaseReadings(caseNumber, cursor) : getReadings}
        none={t('readings.none')}
        show={(reading: ReadingAnswer) => <Reading reading={reading} isOfCase={isOfCase} />}
      />
    </div>
  );
};
