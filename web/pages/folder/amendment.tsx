import { useState } from 'preact/hooks';
import type { CaseAnswer } from '../../../lambdas/http/wire/cases.ts';
import { ApiFailure, call } from '../../client/api.ts';
import { lazily } from '../../client/lazily.tsx';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { Notice } from '../../components/notice/notice.tsx';
import { pageUrl } from '../../urls.ts';
import type fi from './fi.json';
import { Part } from './part.tsx';

/** Few have changed anything. */
const Changes = lazily(() => import('./changes.tsx').then(part => part.Changes));

/** The draft in which the case is changed: begun with its answers, or gone on with where it was begun before. */
const begin = async ({ form, formVersion, answers }: CaseAnswer, draft: string): Promise<void> => {
  try {
    await call(`drafts/${encodeURIComponent(draft)}`, {
      method: 'PUT',
      body: { form, formVersion, language: pageLanguage(), page: 0, answers },
      headers: { 'if-none-match': '*' },
    });
  } catch (failure) {
    if (!(failure instanceof ApiFailure && failure.kind === 'precondition-failed')) throw failure;
  }
};

const Begin = ({ shown, draft }: { shown: CaseAnswer; draft: string }) => {
  const t = texts<keyof typeof fi>();
  const [state, setState] = useState<'open' | 'beginning' | 'failed'>('open');
  const go = async () => {
    if (state === 'beginning') return;
    setState('beginning');
    try {
      await begin(shown, draft);
      location.assign(`${pageUrl(pageLanguage(), 'form', shown.form)}?draft=${encodeURIComponent(draft)}`);
    } catch {
      setState('failed');
    }
  };
  return (
    <>
      <p>{t('amend.lead')}</p>
      <div role="alert">{state === 'failed' && <Notice kind="error" title={t('amend.failed')} />}</div>
      <p class="actions">
        <button
          type="button"
          class="hds-button hds-button--secondary hds-button--small"
          aria-disabled={state === 'beginning'}
          onClick={() => void go()}
        >
          {t('amend')}
        </button>
      </p>
    </>
  );
};

/** Where the service allows it, what was sent can be changed; what has been is seen field by field. */
export const Amendment = ({ shown }: { shown: CaseAnswer }) => {
  const t = texts<keyof typeof fi>();
  const { amendmentDraft } = shown;
  const isChanged = shown.events.some(({ type }) => type === 'amendment');
  if (!amendmentDraft && !isChanged) return null;
  return (
    <Part title={t('amend.title')}>
      {isChanged && <Changes shown={shown} />}
      {amendmentDraft && <Begin shown={shown} draft={amendmentDraft} />}
    </Part>
  );
};
