import type { VNode } from 'preact';
import type { FormInUse } from '../../../lambdas/forms/form.ts';
import { getConsent } from '../../client/api.ts';
import { lazily } from '../../client/lazily.tsx';
import { texts } from '../../client/texts.ts';
import { useLoad } from '../../client/use-load.ts';
import { LoadFailure, Loading } from '../../components/notice/load-failure.tsx';
import type fi from './fi.json';

const ConsentFirst = lazily(() => import('./later.ts').then(part => part.ConsentFirst));

interface Properties {
  readonly form: FormInUse;
  /** The form itself, shown once consent has been given. */
  readonly children: VNode;
}

/** Health services demand the consent form first (R6.8): leads there, and from there back here. */
export const ConsentGate = ({ form, children }: Properties) => {
  const wanted = form.settings.requiresConsent ?? '';
  const consent = useLoad(() => getConsent(wanted), wanted);
  if (consent.state === 'loading') return <Loading />;
  if (consent.state === 'failed')
    return <LoadFailure what={texts<keyof typeof fi>()('consentFirst.failed')} onRetry={consent.reload} />;
  return consent.value.given ? children : <ConsentFirst form={form} wanted={wanted} />;
};
