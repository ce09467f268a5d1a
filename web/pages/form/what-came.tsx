import type { ComponentChildren } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { FormInUse } from '../../../lambdas/forms/form.ts';
import type { SubmissionAnswer } from '../../../lambdas/http/wire/cases.ts';
import { ApiFailure } from '../../client/api.ts';
import { texts } from '../../client/texts.ts';
import { useLoad } from '../../client/use-load.ts';
import { LoadFailure, Loading } from '../../components/notice/load-failure.tsx';
import { putInAddress } from './address.ts';
import { getDraft } from './draft-api.ts';
import type fi from './fi.json';

/** What the server answered when it was sent; undefined where it never came, or was deleted. */
const sentAs = async (draft: string): Promise<SubmissionAnswer | undefined> => {
  try {
    await getDraft(draft);
  } catch (error) {
    if (!(error instanceof ApiFailure && error.status === 404)) throw error;
    return error.problem.sent as SubmissionAnswer | undefined;
  }
  return undefined;
};

interface WhatCameProperties {
  readonly form: FormInUse;
  /** Its id, which it was sent under. */
  readonly draft: string;
  /** It never came, and nothing is left of it: goes on under the same id, so that it cannot come twice. */
  readonly onAgain: () => void;
  readonly ifSent: (sent: SubmissionAnswer) => ComponentChildren;
  readonly ifGone: ComponentChildren;
}

/** The address names a draft that is none: it was sent, perhaps without its sender hearing of it, or it is gone. */
export const WhatCame = ({ form, draft, onAgain, ifSent, ifGone }: WhatCameProperties) => {
  const t = texts<keyof typeof fi>();
  const found = useLoad(() => sentAs(draft), draft);
  const { stored } = form.settings;
  const sent = found.state === 'ready' ? found.value : undefined;
  const isToCome = found.state === 'ready' && !sent && !stored;
  useLayoutEffect(() => {
    // Another reload finds it by its address again, however soon.
    if (!stored || sent) putInAddress(draft);
    if (isToCome) onAgain();
  }, [isToCome, sent]);
  if (found.state === 'failed') return <LoadFailure what={t('loadFailed')} onRetry={found.reload} />;
  if (found.state === 'loading' || isToCome) return <Loading />;
  return <>{sent ? ifSent(sent) : ifGone}</>;
};
