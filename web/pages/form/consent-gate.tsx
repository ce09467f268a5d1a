import type { ComponentChildren } from 'preact';
import type { FormInUse } from '../../../lambdas/forms/form.ts';
import { getConsent } from '../../client/api.ts';
import { texts } from '../../client/texts.ts';
import { useLoad } from '../../client/use-load.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { LoadFailure, Loading } from '../../components/notice/load-failure.tsx';
import { Notice } from '../../components/notice/notice.tsx';
import { pageUrl } from '../../urls.ts';
import { nextAfter } from './address.ts';
import type fi from './fi.json';

interface Properties {
  readonly form: FormInUse;
  /** The form itself, shown once consent has been given. */
  readonly children: ComponentChildren;
}

/** Health services demand the consent form first (R6.8): leads there, and from there back here. */
export const ConsentGate = ({ form, children }: Properties) => {
  const t = texts<keyof typeof fi>();
  const language = pageLanguage();
  const wanted = form.settings.requiresConsent ?? '';
  const consent = useLoad(() => getConsent(wanted), wanted);
  if (consent.state === 'loading') return <Loading />;
  if (consent.state === 'failed')
    return <LoadFailure what={t('consentFirst.failed')} onRetry={consent.reload} />;
  if (consent.value.given) return <>{children}</>;
  return (
    <div class="stack">
      <h1>{form.title[language]}</h1>
      <Notice kind="info" title={t('consentFirst')}>
        <p>{t('consentFirst.text')}</p>
        <p>{t('consentFirst.child')}</p>
      </Notice>
      <a class="hds-button hds-button--primary" href={pageUrl(language, 'form', wanted) + nextAfter(form.id)}>
        {t('consentFirst.open')}
      </a>
    </div>
  );
};
