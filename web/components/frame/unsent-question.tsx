import type { FrameTranslator } from './frame-texts.ts';

/** Asked by *Kirjaudu ulos* where something typed has not reached the server; it stands in the page, so that no script needs its words. */
export const UnsentQuestion = ({ t }: { t: FrameTranslator }) => (
  <dialog
    class="dialog"
    id="unsent"
    role="alertdialog"
    aria-labelledby="unsent-title"
    aria-describedby="unsent-text"
  >
    <h2 id="unsent-title">{t('unsent')}</h2>
    <p id="unsent-text" class="dialog__body">
      {t('unsentText')}
    </p>
    <form method="dialog" class="actions">
      <button type="submit" class="hds-button hds-button--primary" value="stay">
        {t('unsentStay')}
      </button>
      <button type="submit" class="hds-button hds-button--secondary" value="leave">
        {t('unsentLeave')}
      </button>
    </form>
  </dialog>
);
