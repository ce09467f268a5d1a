import { useEffect, useRef, useState } from 'preact/hooks';
import { focusById } from '../../client/focus.ts';

/** Name of the last step; no page of a form can have it, for it is no property's name in the city's format. */
export const review = '(review)';

export const stepHeading = 'step-heading';

export interface Steps {
  readonly current: string;
  /** The newest, before it is on the screen. */
  readonly latest: () => string;
  /** Focus goes to the step's heading, or to the control with this id. */
  go(step: string, focus?: string): void;
}

/** Some fields come with a script of their own, a little later. */
const arriveAt = (id: string, tries = 20): void => {
  const place = document.getElementById(id);
  focusById(id);
  place?.scrollIntoView({ block: id === stepHeading ? 'start' : 'center' });
  if (!place && tries > 0) setTimeout(arriveAt, 100, id, tries - 1);
};

/**
 * Which step is shown; the browser's own Back leads to the one before, not out of the form. `control`: the one to begin at;
 * by default focus stays where it is. `onChange`: another step is shown, whichever way it was asked for.
 */
export const useSteps = (first: string, control: string | undefined, onChange: () => void): Steps => {
  const [current, setCurrent] = useState(first);
  const focus = useRef(control);
  const newest = useRef(first);
  const changed = useRef(onChange);
  changed.current = onChange;
  const show = (step: string, id: string) => {
    newest.current = step;
    focus.current = id;
    setCurrent(step);
    changed.current();
  };
  useEffect(() => {
    history.replaceState({ step: first }, '');
    const back = ({ state }: PopStateEvent) => {
      if (typeof state?.step === 'string') show(state.step, stepHeading);
    };
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  useEffect(() => {
    if (focus.current !== undefined) arriveAt(focus.current);
    focus.current = undefined;
  }, [current]);
  const go = (step: string, id = stepHeading) => {
    history.pushState({ step }, '');
    show(step, id);
  };
  return { current, latest: () => newest.current, go };
};
