import { useMemo, useRef, useState } from 'preact/hooks';
import { valueAt, withValue } from '../../../lambdas/domain/forms/answers.ts';
import { pointersOf, withDefaults } from '../../../lambdas/domain/forms/defaults.ts';
import type { Field } from '../../../lambdas/domain/forms/tree.ts';
import type { Answers, CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import { settle } from '../../../lambdas/domain/forms/visible.ts';

export interface AnswersState {
  /** As they were typed: what a condition hides is still there, should it show again. */
  readonly answers: Answers;
  /** The newest, for who comes back later than the rendering. */
  readonly latest: () => Answers;
  readonly tree: Field;
  /** Changes one answer on the ground of what it is now. */
  update(pointer: string, change: (value: unknown) => unknown): void;
  replace(answers: Answers): void;
}

/** The answers and the form as it is with them. Fields that a change has brought into sight begin with their defaults. */
export const useAnswers = (form: CompiledForm, first: () => Answers): AnswersState => {
  const [answers, setAnswers] = useState(first);
  const latest = useRef(answers);
  const tree = useMemo(() => settle(form, answers).tree, [form, answers]);
  const replace = (next: Answers) => {
    latest.current = next;
    setAnswers(next);
  };
  return {
    answers,
    latest: () => latest.current,
    tree,
    replace,
    update: (pointer, change) => {
      const before = latest.current;
      const next = withValue(before, pointer, change(valueAt(before, pointer)));
      replace(withDefaults(form, next, pointersOf(settle(form, before).tree)));
    },
  };
};
