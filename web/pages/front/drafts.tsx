import { amendmentOf } from '../../../lambdas/domain/amendment.ts';
import type { DraftSummary } from '../../../lambdas/http/wire/drafts.ts';
import { getDrafts } from '../../client/api.ts';
import { age } from '../../client/dates.ts';
import type { ServiceName } from '../../client/service-names.ts';
import { texts } from '../../client/texts.ts';
import { useLoad } from '../../client/use-load.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { LoadFailure } from '../../components/notice/load-failure.tsx';
import { pageUrl } from '../../urls.ts';
import type fi from './fi.json';

/** Shown while there is something to go on with. */
export const Drafts = ({ nameOf }: { nameOf: ServiceName }) => {
  const t = texts<keyof typeof fi>();
  const language = pageLanguage();
  const drafts = useLoad(getDrafts);
  const wayOn = (id: DraftSummary['id'], name: string) => {
    const amends = amendmentOf(id);
    return amends ? t('drafts.amends', { number: amends.caseNumber, name }) : t('drafts.continue', { name });
  };
  if (drafts.state === 'failed') return <LoadFailure what={t('drafts.failed')} onRetry={drafts.reload} />;
  if (drafts.state === 'loading' || drafts.value.items.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="drafts">
      <h2 id="drafts">{t('drafts')}</h2>
      <ul class="list-plain stack stack--s">
        {drafts.value.items.map(({ id, form, service, updatedAt }) => (
          <li key={id}>
            <a href={`${pageUrl(language, 'form', form)}?draft=${encodeURIComponent(id)}`}>
              {wayOn(id, nameOf(service))}
            </a>{' '}
            <span class="muted">({t('drafts.saved', { age: age(updatedAt, Date.now(), language) })})</span>
          </li>
        ))}
      </ul>
    </section>
  );
};
