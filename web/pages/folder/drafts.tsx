import { useEffect, useState } from 'preact/hooks';
import type { DraftSummary } from '../../../lambdas/http/wire/drafts.ts';
import { ApiFailure, deleteDraft, getDrafts } from '../../client/api.ts';
import { age, day, iso } from '../../client/dates.ts';
import { focusById } from '../../client/focus.ts';
import { lazily } from '../../client/lazily.tsx';
import { announce } from '../../client/live.ts';
import type { ServiceName } from '../../client/service-names.ts';
import { texts } from '../../client/texts.ts';
import { usePages } from '../../client/use-pages.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { LoadFailure, Loading } from '../../components/notice/load-failure.tsx';
import { Notice } from '../../components/notice/notice.tsx';
import { pageUrl } from '../../urls.ts';
import { ConfirmDeletion, DraftCard } from './draft-card.tsx';
import type fi from './fi.json';

const DeviceCopies = lazily(() => import('./device-copies.tsx').then(part => part.DeviceCopies), true);

const DraftItem = ({
  draft,
  name,
  onDelete,
}: {
  draft: DraftSummary;
  name: string;
  onDelete: () => void;
}) => {
  const t = texts<keyof typeof fi>();
  const language = pageLanguage();
  return (
    <DraftCard
      draft={draft.id}
      name={name}
      status={t('draft')}
      href={`${pageUrl(language, 'form', draft.form)}?draft=${encodeURIComponent(draft.id)}`}
      onDelete={onDelete}
    >
      {t('draft.saved')}{' '}
      <time dateTime={iso(draft.updatedAt)} title={day(draft.updatedAt, language)}>
        {age(draft.updatedAt, Date.now(), language)}
      </time>
      . {t('draft.expires', { date: day(draft.expiresAt, language) })}
    </DraftCard>
  );
};

interface LeavingProperties {
  readonly draft: DraftSummary;
  readonly name: string;
  readonly onDeleted: () => void;
  readonly onKeep: () => void;
}

const Leaving = ({ draft, name, onDeleted, onKeep }: LeavingProperties) => {
  const t = texts<keyof typeof fi>();
  const [failed, setFailed] = useState(false);
  const remove = async () => {
    setFailed(false);
    try {
      await deleteDraft(draft);
      onDeleted();
    } catch (failure) {
      // Deleted or sent meanwhile: gone is what was wanted.
      if (failure instanceof ApiFailure && failure.status === 404) onDeleted();
      else setFailed(true);
    }
  };
  return (
    <ConfirmDeletion name={name} onDelete={() => void remove()} onKeep={onKeep}>
      <div role="alert">{failed && <Notice kind="error" title={t('draft.confirm.failed')} />}</div>
    </ConfirmDeletion>
  );
};

/** *Luonnokset*: what has not been sent, at the foot of the folder (R7.7). */
export const Drafts = ({ nameOf }: { nameOf: ServiceName }) => {
  const t = texts<keyof typeof fi>();
  const drafts = usePages(getDrafts);
  const [leaving, setLeaving] = useState<DraftSummary>();
  const [gone, setGone] = useState<string>();
  const [copies, setCopies] = useState(0);
  // Only once the dialog has closed can focus go anywhere else.
  useEffect(() => {
    if (gone) focusById('drafts');
  }, [gone]);
  const deleted = (draft: DraftSummary) => {
    setLeaving(undefined);
    setGone(draft.id);
    drafts.remove(({ id }) => id === draft.id);
    announce(t('draft.deleted', { name: nameOf(draft.service) }));
  };
  return (
    <section class="stack stack--l" aria-labelledby="drafts">
      <h2 id="drafts">{t('drafts')}</h2>
      {drafts.state === 'loading' && <Loading />}
      {drafts.state === 'failed' && <LoadFailure what={t('drafts.failed')} onRetry={drafts.reload} />}
      {drafts.state === 'ready' && drafts.items.length + copies === 0 && <p>{t('drafts.empty')}</p>}
      {drafts.state === 'ready' && (
        <DeviceCopies known={drafts.items.map(({ id }) => id)} hasMore={drafts.hasMore} onFound={setCopies} />
      )}
      {drafts.items.length > 0 && (
        <ul class="card-grid">
          {drafts.items.map(draft => (
            <DraftItem
              key={draft.id}
              draft={draft}
              name={nameOf(draft.service)}
              onDelete={() => setLeaving(draft)}
            />
          ))}
        </ul>
      )}
      {drafts.hasMore && (
        <button type="button" class="hds-button hds-button--secondary" onClick={() => void drafts.loadMore()}>
          {t('more')}
        </button>
      )}
      {leaving && (
        <Leaving
          draft={leaving}
          name={nameOf(leaving.service)}
          onDeleted={() => deleted(leaving)}
          onKeep={() => setLeaving(undefined)}
        />
      )}
    </section>
  );
};
