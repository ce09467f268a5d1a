import type { DraftAnswer } from '../../../lambdas/http/wire.ts';
import { ApiFailure } from '../../client/api.ts';
import { dayAndClock } from '../../client/dates.ts';
import { texts } from '../../client/texts.ts';
import { useLoad } from '../../client/use-load.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { LoadFailure, Loading } from '../../components/notice/load-failure.tsx';
import { Notice } from '../../components/notice/notice.tsx';
import { getDraft } from './draft-api.ts';
import type fi from './fi.json';

interface Properties {
  readonly draftId: string;
  readonly onTheirs: (theirs: DraftAnswer) => void;
  readonly onMine: (theirs: DraftAnswer) => void;
  readonly onNew: () => void;
}

const theirs = async (id: string): Promise<DraftAnswer | undefined> => {
  try {
    return await getDraft(id);
  } catch (error) {
    if (error instanceof ApiFailure && error.status === 404) return undefined;
    throw error;
  }
};

/** The draft was saved elsewhere meanwhile: nothing is overwritten before a person has chosen. */
export const Conflict = ({ draftId, onTheirs, onMine, onNew }: Properties) => {
  const t = texts<keyof typeof fi>();
  const other = useLoad(() => theirs(draftId), draftId);
  if (other.state === 'loading') return <Loading />;
  if (other.state === 'failed') return <LoadFailure what={t('conflict')} onRetry={other.reload} />;
  const { value } = other;
  const button = 'hds-button hds-button--secondary';
  return (
    <div role="alert">
      <Notice kind="alert" title={t('conflict')}>
        {value ? (
          <>
            <p>{t('conflict.text', { time: dayAndClock(value.updatedAt, pageLanguage()) })}</p>
            <div class="actions">
              <button type="button" class={button} onClick={() => onTheirs(value)}>
                {t('conflict.theirs')}
              </button>
              <button type="button" class={button} onClick={() => onMine(value)}>
                {t('conflict.mine')}
              </button>
            </div>
          </>
        ) : (
          <>
            <p>{t('conflict.gone')}</p>
            <div class="actions">
              <button type="button" class={button} onClick={onNew}>
                {t('conflict.new')}
              </button>
            </div>
          </>
        )}
      </Notice>
    </div>
  );
};
