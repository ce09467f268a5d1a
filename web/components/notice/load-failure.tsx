import { texts } from '../../client/texts.ts';
import type fi from './fi.json';
import { Notice } from './notice.tsx';

interface Failure {
  readonly what: string;
  /** Absent where the button that was pressed stays: pressed again it tries again, and keeps the focus. */
  readonly onRetry?: () => void;
}

/** What could not be fetched, why as far as it helps, and the way to try again. */
export const LoadFailure = ({ what, onRetry }: Failure) => {
  const t = texts<keyof typeof fi>();
  return (
    <div role="alert">
      <Notice kind="error" title={what}>
        <p>{t('notice.tryAgain')}</p>
        {onRetry && (
          <button type="button" class="hds-button hds-button--secondary" onClick={onRetry}>
            {t('notice.retry')}
          </button>
        )}
      </Notice>
    </div>
  );
};

export const Loading = () => {
  const t = texts<keyof typeof fi>();
  return (
    <div class="cluster">
      <div class="spinner" aria-hidden="true" />
      <p>{t('notice.loading')}</p>
    </div>
  );
};
