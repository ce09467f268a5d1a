import { useEffect, useState } from 'preact/hooks';
import type { CaseAnswer } from '../../../lambdas/http/wire/cases.ts';
import { ApiFailure, postCancellation } from '../../client/api.ts';
import { focusById } from '../../client/focus.ts';
import { announce } from '../../client/live.ts';
import { texts } from '../../client/texts.ts';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { Notice } from '../../components/notice/notice.tsx';
import type fi from './fi.json';
import { Part } from './part.tsx';

interface ConfirmProperties {
  readonly caseNumber: string;
  readonly onDone: () => void;
  /** It cannot be withdrawn any more. */
  readonly onTooLate: () => void;
  readonly onKeep: () => void;
}

const isTooLate = (failure: unknown): boolean =>
  failure instanceof ApiFailure && failure.kind === 'status-not-allowed';

const Confirm = ({ caseNumber, onDone, onTooLate, onKeep }: ConfirmProperties) => {
  const t = texts<keyof typeof fi>();
  const [state, setState] = useState<'open' | 'sending' | 'failed'>('open');
  const withdraw = async () => {
    if (state === 'sending') return;
    setState('sending');
    await postCancellation(caseNumber).then(onDone, failure =>
      isTooLate(failure) ? onTooLate() : setState('failed'),
    );
  };
  return (
    <Dialog
      title={t('withdraw.confirm')}
      onDismiss={onKeep}
      actions={
        <>
          <button type="button" class="hds-button hds-button--secondary" onClick={onKeep}>
            {t('withdraw.no')}
          </button>
          <button
            type="button"
            class="hds-button hds-button--danger"
            aria-disabled={state === 'sending'}
            onClick={() => void withdraw()}
          >
            {t('withdraw.yes')}
          </button>
        </>
      }
    >
      <p>{t('withdraw.text', { number: caseNumber })}</p>
      <div role="alert">{state === 'failed' && <Notice kind="error" title={t('withdraw.failed')} />}</div>
    </Dialog>
  );
};

interface Properties {
  readonly shown: CaseAnswer;
  readonly onChanged: () => Promise<void>;
}

/** Where the service allows it, what was sent can be taken back: the department is told. */
export const Withdrawal = ({ shown: { caseNumber, canWithdraw }, onChanged }: Properties) => {
  const t = texts<keyof typeof fi>();
  const [asking, setAsking] = useState(false);
  const [outcome, setOutcome] = useState<'done' | 'tooLate'>();
  const heading = `withdrawal-${caseNumber}`;
  // Only once the dialog has closed can focus go anywhere else; the button that opened it is gone.
  useEffect(() => {
    if (outcome) focusById(heading);
  }, [outcome]);
  if (!canWithdraw && !outcome) return null;
  const end = async (how: 'done' | 'tooLate') => {
    await onChanged().catch(() => undefined);
    setAsking(false);
    setOutcome(how);
    announce(t(`withdraw.${how}`));
  };
  return (
    <Part title={t('withdraw.title')} headingId={heading}>
      {outcome ? (
        <p>{t(`withdraw.${outcome}`)}</p>
      ) : (
        <p class="actions">
          <button
            type="button"
            class="hds-button hds-button--secondary hds-button--small"
            onClick={() => setAsking(true)}
          >
            {t('withdraw')}
          </button>
        </p>
      )}
      {asking && (
        <Confirm
          caseNumber={caseNumber}
          onDone={() => void end('done')}
          onTooLate={() => void end('tooLate')}
          onKeep={() => setAsking(false)}
        />
      )}
    </Part>
  );
};
