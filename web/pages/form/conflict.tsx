import { useState } from 'preact/hooks';
import { amendmentOf } from '../../../lambdas/domain/amendment.ts';
import type { EpochMs } from '../../../lambdas/domain/case.ts';
import { attachmentsOf, withoutFiles } from '../../../lambdas/domain/forms/attached.ts';
import type { CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import type { DraftAnswer } from '../../../lambdas/http/wire/drafts.ts';
import { getForm } from '../../client/api.ts';
import { dayAndClock } from '../../client/dates.ts';
import { texts } from '../../client/texts.ts';
import { useLoad } from '../../client/use-load.ts';
import { Dialog } from '../../components/dialog/dialog.tsx';
import type { FormView } from '../../components/form/form-view.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { LoadFailure } from '../../components/notice/load-failure.tsx';
import { Notice } from '../../components/notice/notice.tsx';
import { putInAddress } from './address.ts';
import { AmendsNoMore } from './amends.tsx';
import { Differences, differencesOf, type Picks, picked, type Side } from './differences.tsx';
import { getDraft } from './draft-api.ts';
import type fi from './fi.json';
import { unlessMissing } from './opening.ts';
import { type Settling, settling } from './settling.ts';
import type { Filling } from './use-filling.ts';

type Properties = Pick<Filling, 'kept' | 'view' | 'replace'>;

interface ChoiceProperties {
  readonly view: FormView;
  readonly settle: Settling;
  readonly onLater: () => void;
}

const button = 'hds-button hds-button--secondary';

interface VersionsProperties extends ChoiceProperties {
  readonly other: DraftAnswer;
  /** The version it was saved under. */
  readonly form: CompiledForm;
  /** When this page was changed last. */
  readonly changedAt: EpochMs;
}

const Versions = ({ other, form, view, changedAt, settle, onLater }: VersionsProperties) => {
  const t = texts<keyof typeof fi>();
  const language = pageLanguage();
  const rows = differencesOf(view, other.answers, form);
  // Answers to two versions' questions do not go together.
  const canPick = rows.length > 1 && form.version === view.form.version;
  const newest: Side = changedAt > other.updatedAt ? 'mine' : 'theirs';
  const [changed, setChanged] = useState<Picks>({});
  const picks = Object.fromEntries(rows.map(({ pointer }) => [pointer, changed[pointer] ?? newest]));
  const merge = () => settle.keepMine(other, picked(view.answers, other.answers, picks));
  return (
    <Dialog
      alert
      isPlain
      title={t('conflict')}
      onDismiss={onLater}
      actions={
        <>
          {canPick && (
            <button type="button" class="hds-button hds-button--primary" onClick={merge}>
              {t('conflict.picked')}
            </button>
          )}
          <button type="button" class={button} onClick={() => settle.keepMine(other)}>
            {t('conflict.mine')}
          </button>
          <button type="button" class={button} onClick={() => void settle.takeTheirs(other)}>
            {t('conflict.theirs')}
          </button>
          <button type="button" class="hds-button hds-button--supplementary" onClick={onLater}>
            {t('conflict.later')}
          </button>
        </>
      }
    >
      <p>{t('conflict.text')}</p>
      {canPick && <p>{t('conflict.pick')}</p>}
      <Differences
        rows={rows}
        heads={{
          mine: t('conflict.mineAt', { time: dayAndClock(changedAt, language) }),
          theirs: t('conflict.theirsAt', { time: dayAndClock(other.updatedAt, language) }),
        }}
        picks={canPick ? picks : undefined}
        onPick={(pointer, side) => setChanged(before => ({ ...before, [pointer]: side }))}
      />
    </Dialog>
  );
};

const NoMore = ({ view, settle, onLater }: ChoiceProperties) => {
  const t = texts<keyof typeof fi>();
  const answers = withoutFiles(view.answers);
  return (
    <Dialog
      alert
      title={t('conflict')}
      onDismiss={onLater}
      actions={
        <>
          <button type="button" class={button} onClick={() => settle.goOnApart(answers)}>
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

/** It is opened anew, from the address. */
const reopen = (draft: string): void => {
  putInAddress(draft);
  location.reload();
};

/** Undefined where it is no more. */
const savedElsewhere = async (id: string, here: CompiledForm) => {
  const other = await unlessMissing(getDraft(id));
  if (!other || other.formVersion === here.version) return other && { other, form: here };
  return { other, form: await getForm<CompiledForm>(other.form, other.formVersion) };
};

/** The draft was saved elsewhere meanwhile: both versions with their times, and nothing overwritten before a person has chosen. */
export const Conflict = (properties: Properties) => {
  const { kept, view } = properties;
  const t = texts<keyof typeof fi>();
  const other = useLoad(() => savedElsewhere(kept.id, view.form), kept.id);
  const [isPutOff, setPutOff] = useState(false);
  if (other.state === 'loading') return null;
  if (other.state === 'failed') return <LoadFailure what={t('conflict')} onRetry={other.reload} />;
  const amends = amendmentOf(kept.id);
  if (!other.value && amends) return <AmendsNoMore caseNumber={amends.caseNumber} />;
  const choice = { view, settle: settling(properties, reopen), onLater: () => setPutOff(true) };
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
        <Versions {...choice} {...other.value} changedAt={kept.keeper.changedAt()} />
      ) : (
        <NoMore {...choice} />
      )}
    </>
  );
};
