import { useState } from 'preact/hooks';
import type { RemovalAnswer } from '../../../lambdas/http/wire/my-data.ts';
import { removeMyData } from '../../client/api.ts';
import { texts } from '../../client/texts.ts';
import { pageUrl } from '../../urls.ts';
import { Dialog } from '../dialog/dialog.tsx';
import { pageLanguage } from '../frame/page-texts.ts';
import { signOut } from '../frame/session.ts';
import { Notice } from '../notice/notice.tsx';
import type fi from './fi.json';

const Deleted = ({ deletes }: Pick<RemovalAnswer, 'deletes'>) => {
  const t = texts<keyof typeof fi>();
  return (
    <>
      <h3>{t('myData.deletes')}</h3>
      <ul>
        {deletes.map(({ what, count }) => (
          <li key={what}>{t(`myData.${what}`, { count })}</li>
        ))}
      </ul>
    </>
  );
};

/** A folder may hold thousands: the first few tell which are meant. */
const namedAtMost = 10;

const Numbers = ({ caseNumbers }: { caseNumbers: readonly string[] }) => {
  const t = texts<keyof typeof fi>();
  const named = caseNumbers.slice(0, namedAtMost).join(', ');
  const more = caseNumbers.length - namedAtMost;
  const numbers = more > 0 ? t('myData.more', { numbers: named, count: more }) : named;
  return <strong>{t('myData.cases', { count: caseNumbers.length, numbers })}</strong>;
};

const Kept = ({ keeps }: Pick<RemovalAnswer, 'keeps'>) => {
  const t = texts<keyof typeof fi>();
  const hasCases = keeps.some(({ code }) => code === 'CASE_IN_PROGRESS' || code === 'CASE_ARCHIVED');
  return (
    <>
      <h3>{t('myData.keeps')}</h3>
      <ul>
        {keeps.map(({ code, message, caseNumbers = [] }) => (
          <li key={code}>
            {message[pageLanguage()]} {caseNumbers.length > 0 && <Numbers caseNumbers={caseNumbers} />}
          </li>
        ))}
      </ul>
      {hasCases && <p>{t('myData.casesLater')}</p>}
    </>
  );
};

/** Where the provider cannot be asked, one is signed out of the portal at least: the session has ended with the data. */
const leave = async (): Promise<void> => {
  const page = pageUrl(pageLanguage(), 'signedOut');
  const isLeaving = await signOut(page).catch(() => false);
  if (!isLeaving) location.assign(page);
};

interface Properties {
  /** What the dry run has found. */
  readonly plan: RemovalAnswer;
  readonly onKeep: () => void;
}

/** What goes and what the law keeps; only from here anything is deleted. */
export const ConfirmRemoval = ({ plan, onKeep }: Properties) => {
  const t = texts<keyof typeof fi>();
  const [state, setState] = useState<'open' | 'sending' | 'failed'>('open');
  const remove = async () => {
    if (state === 'sending') return;
    setState('sending');
    try {
      await removeMyData();
      await leave();
    } catch {
      setState('failed');
    }
  };
  return (
    <Dialog
      title={t('myData.confirm')}
      isPlain
      onDismiss={onKeep}
      actions={
        <>
          <button
            type="button"
            class="hds-button hds-button--danger"
            aria-disabled={state === 'sending'}
            onClick={() => void remove()}
          >
            {t('myData.confirm.delete')}
          </button>
          <button type="button" class="hds-button hds-button--secondary" onClick={onKeep}>
            {t('myData.confirm.keep')}
          </button>
        </>
      }
    >
      <div class="stack">
        <Deleted deletes={plan.deletes} />
        <Kept keeps={plan.keeps} />
        <p>{t('myData.signedOut')}</p>
        <div role="alert">
          {state === 'failed' && <Notice kind="error" title={t('myData.remove.failed')} />}
        </div>
      </div>
    </Dialog>
  );
};
