import { useState } from 'preact/hooks';
import { amendmentOf } from '../../../lambdas/domain/amendment.ts';
import { attachmentsOf, withoutFiles } from '../../../lambdas/domain/forms/attached.ts';
import type { Answers } from '../../../lambdas/domain/forms/types.ts';
import type { DraftAnswer } from '../../../lambdas/http/wire/drafts.ts';
import { ApiFailure } from '../../client/api.ts';
import { dayAndClock } from '../../client/dates.ts';
import { texts } from '../../client/texts.ts';
import { useLoad } from '../../client/use-load.ts';
import { Dialog } from '../../components/dialog/dialog.tsx';
import type { FormView } from '../../components/form/form-view.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { LoadFailure } from '../../components/notice/load-failure.tsx';
import { Notice } from '../../components/notice/notice.tsx';
import { AmendsNoMore } from './amends.tsx';
import { Differences, differencesOf, type Picks, picked, type Side } from './differences.tsx';
import { getDraft } from './draft-api.ts';
import type fi from './fi.json';

interface Properties {
  readonly draftId: string;
  readonly view: FormView;
  /** When this page was changed last. */
  readonly changedAt: number;
  readonly onTheirs: (theirs: DraftAnswer) => void;
  readonly onMine: (theirs: DraftAnswer) => void;
  /** Some of this and some of that. */
  readonly onPicked: (answers: Answers, theirs: DraftAnswer) => void;
  /** With what may go along. */
  readonly onNew: (answers: Answers) => void;
}

const theirs = async (id: string): Promise<DraftAnswer | undefined> => {
  try {
    return await getDraft(id);
  } catch (error) {
    if (error instanceof ApiFailure && error.status === 404) return undefined;
    throw error;
  }
};

const button = 'hds-button hds-button--secondary';

const Versions = ({
  value,
  view,
  changedAt,
  onTheirs,
  onMine,
  onPicked,
  onLater,
}: Omit<Properties, 'draftId' | 'onNew'> & {
  readonly value: DraftAnswer;
  readonly onLater: () => void;
}) => {
  const t = texts<keyof typeof fi>();
  const language = pageLanguage();
  const rows = differencesOf(view, value.answers);
  const newest: Side = changedAt > value.updatedAt ? 'mine' : 'theirs';
  const [changed, setChanged] = useState<Picks>({});
  const picks = Object.fromEntries(rows.map(({ pointer }) => [pointer, changed[pointer] ?? newest]));
  const merge = () => onPicked(picked(view.answers, value.answers, picks), value);
  return (
    <Dialog
      alert
      isPlain
      title={t('conflict')}
      onDismiss={onLater}
      actions={
        <>
          {rows.length > 1 && (
            <button type="button" class="hds-button hds-button--primary" onClick={merge}>
              {t('conflict.picked')}
            </button>
          )}
          <button type="button" class={button} onClick={() => onMine(value)}>
            {t('conflict.mine')}
          </button>
          <button type="button" class={button} onClick={() => onTheirs(value)}>
            {t('conflict.theirs')}
          </button>
          <button type="button" class="hds-button hds-button--supplementary" onClick={onLater}>
            {t('conflict.later')}
          </button>
        </>
      }
    >
      <p>{t('conflict.text')}</p>
      {rows.length > 1 && <p>{t('conflict.pick')}</p>}
      <Differences
        rows={rows}
        heads={{
          mine: t('conflict.mineAt', { time: dayAndClock(changedAt, language) }),
          theirs: t('conflict.theirsAt', { time: dayAndClock(value.updatedAt, language) }),
        }}
        picks={picks}
        onPick={(pointer, side) => setChanged(before => ({ ...before, [pointer]: side }))}
      />
    </Dialog>
  );
};

const NoMore = ({ view, onNew, onLater }: Pick<Properties, 'view' | 'onNew'> & { onLater: () => void }) => {
  const t = texts<keyof typeof fi>();
  const answers = withoutFiles(view.answers);
  return (
    <Dialog
      alert
      title={t('conflict')}
      onDismiss={onLater}
      actions={
        <>
          <button type="button" class={button} onClick={() => onNew(answers)}>
            {t('conflict.new')}
          </button>
          <button type="button" class="hds-button hds-button--supplementary" onClick={onLater}>
            {t('conflict.later')}
          </button>
        </>
      }
    >
      <p>{t('conflict.gone')}</p>
      {attachmentsOf(view.form, view.answers).length > 0 && <p>{t('conflict.files')}</p>}
    </Dialog>
  );
};

/** The draft was saved elsewhere meanwhile: both versions with their times, and nothing overwritten before a person has chosen. */
export const Conflict = (properties: Properties) => {
  const t = texts<keyof typeof fi>();
  const other = useLoad(() => theirs(properties.draftId), properties.draftId);
  const [isPutOff, setPutOff] = useState(false);
  if (other.state === 'loading') return null;
  if (other.state === 'failed') return <LoadFailure what={t('conflict')} onRetry={other.reload} />;
  const amends = amendmentOf(properties.draftId);
  if (!other.value && amends) return <AmendsNoMore caseNumber={amends.caseNumber} />;
  const later = () => setPutOff(true);
  const open = () => {
    setPutOff(false);
    other.reload();
  };
  return (
    <>
      <Notice kind="alert" title={t('conflict')}>
        <p>{t('conflict.waits')}</p>
        <button type="button" class={button} onClick={open}>
          {t('conflict.choose')}
        </button>
      </Notice>
      {isPutOff ? null : other.value ? (
        <Versions {...properties} value={other.value} onLater={later} />
      ) : (
        <NoMore view={properties.view} onNew={properties.onNew} onLater={later} />
      )}
    </>
  );
};
