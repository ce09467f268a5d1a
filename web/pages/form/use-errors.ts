import { useState } from 'preact/hooks';
import type { Field } from '../../../lambdas/domain/forms/tree.ts';
import type { CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import { treeErrors } from '../../../lambdas/domain/forms/validate.ts';
import type { FieldError } from '../../../lambdas/domain/refusal.ts';
import { review } from './use-steps.ts';

const pageOf = ({ pointer }: FieldError): string => pointer.split('/')[1] ?? '';

export interface Errors {
  /** Those to show now: of pages that were to be left, or of all once the form was to be sent. */
  readonly shown: readonly FieldError[];
  readonly isClean: (page: string) => boolean;
  readonly hasTried: (page: string) => boolean;
  /** An attempt to leave a page, or to send: whether nothing stands against it. From now on its errors are shown. */
  tryTo(what: string): boolean;
  /** How many attempts there were at this step last: each moves focus to the summary. */
  readonly attemptsAt: (step: string) => number;
  /** The server found what we did not. */
  refuse(errors: readonly FieldError[]): void;
  /** The server's word on a field holds until it is changed. */
  forget(pointer: string): void;
}

/** What keeps the form from being sent, and which of it a person has to see by now. */
export const useErrors = (form: CompiledForm, tree: Field): Errors => {
  const [tried, setTried] = useState<ReadonlySet<string>>(new Set());
  const [attempt, setAttempt] = useState({ at: '', count: 0 });
  const [refused, setRefused] = useState<readonly FieldError[]>([]);
  const found = [...treeErrors(form, tree), ...refused];
  const within = (steps: ReadonlySet<string>) =>
    found.filter(error => steps.has(review) || steps.has(pageOf(error)));
  const attemptAt = (at: string) => {
    setTried(before => new Set([...before, at]));
    setAttempt(({ count }) => ({ at, count: count + 1 }));
  };
  return {
    shown: within(tried),
    isClean: page => !found.some(error => pageOf(error) === page),
    hasTried: page => tried.has(page) || tried.has(review),
    tryTo: what => {
      attemptAt(what);
      return within(new Set([what])).length === 0;
    },
    attemptsAt: step => (attempt.at === step ? attempt.count : 0),
    refuse: errors => {
      setRefused(errors);
      attemptAt(review);
    },
    forget: pointer => setRefused(errors => errors.filter(error => error.pointer !== pointer)),
  };
};
