/** What a form page shows later or hardly ever, in one script of its own: the first question does not wait for it. */
export { Conflict } from './conflict.tsx';
export { Ending } from './ending.tsx';
export { Missing, Unavailable, WrongApplicant } from './gate.tsx';
