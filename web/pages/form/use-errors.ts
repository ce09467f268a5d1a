import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { everyField, type Field } from '../../../lambdas/domain/forms/tree.ts';
import type { CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import type { FieldError } from '../../../lambdas/domain/refusal.ts';
import type { Upload } from '../../components/file-sending/sending.ts';
import { review } from './use-steps.ts';

/** By step, the pointers of the fields there were when it was to be left. */
export type Tried = ReadonlyMap<string, ReadonlySet<string>>;

/** What the server has found besides, and the questions as they were then. */
export interface Refused {
  readonly errors: readonly FieldError[];
  readonly tree: Field;
}

export interface Judgement {
  /** By pointer, those to show now. */
  readonly texts: ReadonlyMap<string, string>;
  /** The same of a page, above its questions. `attempt` counts: each new one moves focus there. */
  readonly summary: (page: string, attempt: number) => VNode;
  readonly standing: () => ReadonlyMap<string, string>;
  /** Nothing on this page stands against sending; where the answers are checked, nothing at all. */
  readonly isFree: (step: string) => boolean;
}

export interface Errors {
  /**
   * Texts by pointer, those to show now: of pages that were to be left, or of all once the form was to be sent; of the
   * fields there were then. What an answer or a new item brings into sight afterwards has done nothing wrong yet.
   */
  readonly texts: ReadonlyMap<string, string>;
  /** Those of a page, above its questions; undefined before the first answer. */
  readonly summary: (page: string) => VNode | undefined;
  /** All that stands against sending, seen before or not: for where the answers are checked. */
  readonly standing: () => ReadonlyMap<string, string>;
  /** Says that the form has closed meanwhile; undefined before the first answer. */
  readonly Closing: Judge['Closing'] | undefined;
  readonly isClean: (page: string) => boolean;
  readonly hasTried: (page: string) => boolean;
  /** A field's answer as its format spells it, once the judge is there; else as it was typed: the server spells too. */
  spell(field: Field): unknown;
  /** Has the judge fetched: with the first answer, before the first judgement. */
  prepare(): void;
  /** An attempt to leave a page, or to send: whether nothing stands against it. From now on its errors are shown. */
  tryTo(what: string): Promise<boolean>;
  /** How many attempts there were at this step last: each moves focus to the summary. */
  readonly attemptsAt: (step: string) => number;
  /** The server found what we did not: its word on an answer holds until that is another. */
  refuse(errors: readonly FieldError[]): void;
}

type Judge = Pick<typeof import('./later.ts'), 'judge' | 'spelled' | 'Closing'>;

const nothing: ReadonlyMap<string, string> = new Map();

/** Undefined until it has come. Without it nobody is held up: the server judges in the end. */
const useJudge = (): readonly [Judge | undefined, () => Promise<Judge | undefined>] => {
  const [judge, setJudge] = useState<Judge>();
  const coming = useRef<Promise<Judge | undefined>>(undefined);
  const fetchJudge = () => {
    coming.current ??= import('./later.ts').catch(() => {
      coming.current = undefined;
      return undefined;
    });
    void coming.current.then(setJudge);
    return coming.current;
  };
  return [judge, fetchJudge];
};

/** What keeps the form from being sent, and which of it a person has to see by now. */
export const useErrors = (
  form: CompiledForm,
  tree: Field,
  isBegun: boolean,
  uploads: readonly Upload[],
): Errors => {
  const [judge, fetchJudge] = useJudge();
  const [tried, setTried] = useState<Tried>(new Map());
  const [attempt, setAttempt] = useState({ at: '', count: 0 });
  const [refused, setRefused] = useState<Refused>();
  const latest = useRef({ tree, refused, uploads });
  latest.current = { tree, refused, uploads };
  useEffect(() => {
    if (isBegun) void fetchJudge();
  }, []);

  const judgement = judge?.judge(form, tree, tried, refused, uploads);
  const attemptAt = (at: string) => {
    const there = new Set([...everyField(latest.current.tree)].map(({ pointer }) => pointer));
    setTried(before => new Map([...before, [at, there]]));
    setAttempt(({ count }) => ({ at, count: count + 1 }));
  };
  const attemptsAt = (step: string) => (attempt.at === step ? attempt.count : 0);
  return {
    texts: judgement?.texts ?? nothing,
    summary: page => judgement?.summary(page, attemptsAt(page)),
    standing: () => judgement?.standing() ?? nothing,
    Closing: judge?.Closing,
    isClean: page => judgement?.isFree(page) ?? false,
    hasTried: page => tried.has(page) || tried.has(review),
    spell: field => (judge ? judge.spelled(field) : field.value),
    prepare: () => void fetchJudge(),
    tryTo: async what => {
      const present = await fetchJudge();
      if (!present) return true;
      attemptAt(what);
      const now = latest.current;
      return present.judge(form, now.tree, tried, now.refused, now.uploads).isFree(what);
    },
    attemptsAt,
    refuse: errors => {
      setRefused({ errors, tree: latest.current.tree });
      attemptAt(review);
    },
  };
};
