import { useEffect, useState } from 'preact/hooks';
import type { Warning } from '../../client/session.ts';
import { texts } from '../../client/texts.ts';
import { Dialog } from '../dialog/dialog.tsx';
import type fi from './fi.json';

interface Properties {
  readonly warning: Warning;
  /** Rejects where the server could not be asked. */
  readonly onStay: () => Promise<void>;
  readonly onSignOut: () => Promise<void>;
  readonly onDismiss: () => void;
}

const minutesLeft = (endsAt: number): number => Math.max(1, Math.ceil((endsAt - Date.now()) / 60_000));

/** Whole minutes: seconds that run in a live region would never let a screen reader finish. */
const useMinutesLeft = (endsAt: number): number => {
  const [minutes, setMinutes] = useState(minutesLeft(endsAt));
  useEffect(() => {
    const tick = () => setMinutes(minutesLeft(endsAt));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [endsAt]);
  return minutes;
};

/** The warning five minutes before the end of the session, with a way to stay (R3.5). */
export const SessionWarning = ({ warning, onStay, onSignOut, onDismiss }: Properties) => {
  const t = texts<keyof typeof fi>();
  const [failed, setFailed] = useState(false);
  const minutes = useMinutesLeft(warning.endsAt);
  const attempt = (act: () => Promise<void>) => () => {
    setFailed(false);
    act().catch(() => setFailed(true));
  };
  const stay = attempt(onStay);
  return (
    <Dialog
      title={t('session.title')}
      onDismiss={warning.canStay ? stay : onDismiss}
      alert
      actions={
        <>
          <button
            type="button"
            class="hds-button hds-button--primary"
            onClick={warning.canStay ? stay : onDismiss}
          >
            {t(warning.canStay ? 'session.stay' : 'session.understood')}
          </button>
          <button type="button" class="hds-button hds-button--secondary" onClick={attempt(onSignOut)}>
            {t('session.signOut')}
          </button>
        </>
      }
    >
      <p aria-live="polite">{t(warning.canStay ? 'session.idle' : 'session.absolute', { minutes })}</p>
      {failed && <p role="alert">{t('session.failed')}</p>}
    </Dialog>
  );
};
