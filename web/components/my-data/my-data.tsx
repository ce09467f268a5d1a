import { useState } from 'preact/hooks';
import type { RemovalAnswer } from '../../../lambdas/http/wire/my-data.ts';
import { planMyDataRemoval } from '../../client/api.ts';
import { announce } from '../../client/live.ts';
import { texts } from '../../client/texts.ts';
import { DownloadLink } from '../download/download-link.tsx';
import { pageLanguage } from '../frame/page-texts.ts';
import { Notice } from '../notice/notice.tsx';
import { ConfirmRemoval } from './confirm-removal.tsx';
import type fi from './fi.json';

type State = 'idle' | 'looking' | 'failed' | RemovalAnswer;

const Export = () => {
  const t = texts<keyof typeof fi>();
  return (
    <>
      <p>{t('myData.export')}</p>
      <DownloadLink
        class="hds-button hds-button--secondary"
        path={`profile/export?as=zip&language=${pageLanguage()}`}
      >
        {t('myData.download')} <span class="visually-hidden">{t('myData.kind')}</span>
      </DownloadLink>
    </>
  );
};

const Removal = () => {
  const t = texts<keyof typeof fi>();
  const [state, setState] = useState<State>('idle');
  const look = async () => {
    if (state === 'looking') return;
    setState('looking');
    announce(t('myData.looking'));
    setState(await planMyDataRemoval().catch(() => 'failed' as const));
  };
  return (
    <>
      <p>{t('myData.removal')}</p>
      <p class="actions">
        <button
          type="button"
          class="hds-button hds-button--secondary"
          aria-disabled={state === 'looking'}
          onClick={() => void look()}
        >
          {t('myData.remove')}
        </button>
      </p>
      <div role="alert">{state === 'failed' && <Notice kind="error" title={t('myData.failed')} />}</div>
      {typeof state === 'object' && <ConfirmRemoval plan={state} onKeep={() => setState('idle')} />}
    </>
  );
};

/** Everything one has here, to take along or to have deleted. Texts: `myDataTexts`. */
export const MyData = ({ isPerson }: { isPerson: boolean }) => {
  const t = texts<keyof typeof fi>();
  return (
    <section class="stack" aria-labelledby="my-data">
      <h2 id="my-data">{t('myData')}</h2>
      {isPerson ? (
        <>
          <Export />
          <Removal />
        </>
      ) : (
        <p>{t('myData.organisation')}</p>
      )}
    </section>
  );
};
