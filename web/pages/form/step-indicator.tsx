import { useEffect, useRef } from 'preact/hooks';
import { texts } from '../../client/texts.ts';
import type fi from './fi.json';

export interface Step {
  readonly id: string;
  readonly title: string;
  /** Nothing on it keeps the form from being sent, and it has been gone through. */
  readonly isDone: boolean;
}

interface Properties {
  readonly steps: readonly Step[];
  readonly current: string;
  readonly onGo: (step: string) => void;
}

/** Where one is, and a way to any step: moving is never forbidden, only sending is. */
export const StepIndicator = ({ steps, current, onGo }: Properties) => {
  const t = texts<keyof typeof fi>();
  const list = useRef<HTMLOListElement>(null);
  // On a phone the steps do not all fit: the current one is brought into sight, and only sideways.
  useEffect(() => {
    const ol = list.current;
    const step = ol?.querySelector<HTMLElement>('[aria-current]');
    if (ol && step) ol.scrollLeft = step.offsetLeft - (ol.clientWidth - step.offsetWidth) / 2;
  }, [current]);
  return (
    <nav aria-label={t('steps')}>
      <ol class="stepper form-steps" ref={list}>
        {steps.map(({ id, title, isDone }) => (
          <li
            key={id}
            class={isDone && id !== current ? 'is-done' : undefined}
            aria-current={id === current ? 'step' : undefined}
          >
            <button type="button" class="form-step" onClick={() => onGo(id)} disabled={id === current}>
              {title}
              {isDone && <span class="visually-hidden"> ({t('step.done')})</span>}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
};
