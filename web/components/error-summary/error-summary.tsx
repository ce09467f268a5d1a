import { useEffect, useRef } from 'preact/hooks';

export interface SummaryError {
  /** The id of the control the error belongs to; of a group, its first control. */
  readonly id: string;
  readonly text: string;
}

interface Properties {
  readonly title: string;
  readonly errors: readonly SummaryError[];
  /** Counts the attempts to send: each new one moves focus to the summary, typing between them does not. */
  readonly attempt: number;
}

const focusControl = (id: string) => (event: Event) => {
  event.preventDefault();
  const control = document.getElementById(id);
  control?.focus({ preventScroll: true });
  // The label above the control should be seen as well.
  (control?.closest('fieldset, .field') ?? control)?.scrollIntoView({ block: 'center' });
};

/**
 * Says what is missing (R6.1): takes focus after an attempt that failed, so that a screen reader reads it first,
 * and each of its links leads to the control it speaks of.
 */
export const ErrorSummary = ({ title, errors, attempt }: Properties) => {
  const heading = useRef<HTMLHeadingElement>(null);
  // an attempt moves focus, a mended field does not
  useEffect(() => {
    if (attempt > 0 && errors.length > 0) heading.current?.focus();
  }, [attempt]);
  if (errors.length === 0) return null;
  return (
    <section class="error-summary" aria-labelledby="error-summary-title">
      <h2 id="error-summary-title" tabIndex={-1} ref={heading}>
        {title}
      </h2>
      <ul>
        {errors.map(({ id, text }) => (
          <li key={id}>
            <a href={`#${id}`} onClick={focusControl(id)}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
};
