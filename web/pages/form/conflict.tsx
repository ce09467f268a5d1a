import { useState } from 'preact/hooks';
import { attachmentsOf, withoutFiles } from '../../../lambdas/domain/forms/attached.ts';
import { everyField, type Field } from '../../../lambdas/domain/forms/tree.ts';
import type { Answers } from '../../../lambdas/domain/forms/types.ts';
import { settle } from '../../../lambdas/domain/forms/visible.ts';
import type { DraftAnswer } from '../../../lambdas/http/wire.ts';
import { ApiFailure } from '../../client/api.ts';
import { dayAndClock } from '../../client/dates.ts';
import { texts } from '../../client/texts.ts';
import { useLoad } from '../../client/use-load.ts';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { words } from '../../components/form/answers-view.tsx';
import { type FormView, fullName, nameOf } from '../../components/form/form-view.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { LoadFailure } from '../../components/notice/load-failure.tsx';
import { Notice } from '../../components/notice/notice.tsx';
import { getDraft } from './draft-api.ts';
import type fi from './fi.json';

interface Properties {
  readonly draftId: string;
  readonly view: FormView;
  /** When this page was changed last. */
  readonly changedAt: number;
  readonly onTheirs: (theirs: DraftAnswer) => void;
  readonly onMine: (theirs: DraftAnswer) => void;
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

interface Difference {
  readonly pointer: string;
  readonly name: string;
  readonly mine: string;
  readonly theirs: string;
}

const questions = (tree: Field): readonly Field[] =>
  [...everyField(tree)].filter(({ control }) => !['group', 'list', 'paragraph', 'hidden'].includes(control));

/** What the two versions answer differently, in the form's order. */
const differencesOf = (view: FormView, answers: Answers): readonly Difference[] => {
  const other = settle(view.form, answers).tree;
  const found = new Map<string, Difference>();
  const said = (field: Field | undefined) => (field ? words({ field, shown: view }) : '');
  const at = (tree: Field) => new Map(questions(tree).map(field => [field.pointer, field]));
  const [ours, others] = [at(view.tree), at(other)];
  for (const [pointer, field] of [...ours, ...others]) {
    const difference = { mine: said(ours.get(pointer)), theirs: said(others.get(pointer)) };
    const tree = ours.has(pointer) ? view.tree : other;
    if (difference.mine !== difference.theirs)
      found.set(pointer, {
        pointer,
        name: fullName(pointer, nameOf(field, view), { ...view, tree }),
        ...difference,
      });
  }
  return [...found.values()];
};

const Differences = ({ rows, mine, other }: { rows: readonly Difference[]; mine: string; other: string }) => {
  const t = texts<keyof typeof fi>();
  return (
    <table class="table table--stacked">
      <caption>{t('conflict.differences')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('conflict.question')}</th>
          <th scope="col">{mine}</th>
          <th scope="col">{other}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ pointer, name, mine: ours, theirs }) => (
          <tr key={pointer}>
            <th scope="row">{name}</th>
            <td data-label={mine}>{ours || '–'}</td>
            <td data-label={other}>{theirs || '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const button = 'hds-button hds-button--secondary';

const Versions = ({
  value,
  view,
  changedAt,
  onTheirs,
  onMine,
  onLater,
}: Omit<Properties, 'draftId' | 'onNew'> & {
  readonly value: DraftAnswer;
  readonly onLater: () => void;
}) => {
  const t = texts<keyof typeof fi>();
  const language = pageLanguage();
  return (
    <Dialog
      alert
      isPlain
      title={t('conflict')}
      onDismiss={onLater}
      actions={
        <>
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
      <Differences
        rows={differencesOf(view, value.answers)}
        mine={t('conflict.mineAt', { time: dayAndClock(changedAt, language) })}
        other={t('conflict.theirsAt', { time: dayAndClock(value.updatedAt, language) })}
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
