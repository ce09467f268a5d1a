import { useEffect, useRef, useState } from 'preact/hooks';
import { everyField, type Field } from '../../../lambdas/domain/forms/tree.ts';
import type { CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import type { FieldError } from '../../../lambdas/domain/refusal.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { review } from './use-steps.ts';

const pageOf = ({ pointer }: FieldError): string => pointer.split('/')[1] ?? '';

export interface Errors {
  /**
   * Texts by pointer, those to show now: of pages that were to be left, or of all once the form was to be sent; of the
   * fields there were then. What an answer or a new item brings into sight afterwards has done nothing wrong yet.
   */
  readonly texts: ReadonlyMap<string, string>;
  /** All that stands against sending, seen before or not: for where the answers are checked. */
  readonly standing: () => ReadonlyMap<string, string>;
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
  /** The server found what we did not. */
  refuse(errors: readonly FieldError[]): void;
  /** The server's word on a field holds until it is changed. */
  forget(pointer: string): void;
}

type Judge = Pick<typeof import('./later.ts'), 'treeErrors' | 'errorText' | 'spelled'>;

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
export const useErrors = (form: CompiledForm, tree: Field, isBegun: boolean): Errors => {
  const [judge, fetchJudge] = useJudge();
  const [tried, setTried] = useState<ReadonlyMap<string, ReadonlySet<string>>>(new Map());
  const [attempt, setAttempt] = useState({ at: '', count: 0 });
  const [refused, setRefused] = useState<readonly FieldError[]>([]);
  const latest = useRef({ tree, refused });
  latest.current = { tree, refused };
  useEffect(() => {
    if (isBegun) void fetchJudge();
  }, []);

  const found = [...(judge?.treeErrors(form, tree, Date.now()) ?? []), ...refused];
  const isSeen = (error: FieldError) =>
    [review, pageOf(error)].some(step => tried.get(step)?.has(error.pointer)) || refused.includes(error);
  const textsOf = (errors: readonly FieldError[]) => {
    const fields = new Map([...everyField(tree)].map(field => [field.pointer, field]));
    const language = pageLanguage();
    return new Map(
      errors.flatMap(({ pointer, code }) => {
        const field = fields.get(pointer);
        return judge && field
          ? [[pointer, judge.errorText(code, field, { form, language, tree })] as const]
          : [];
      }),
    );
  };

  const attemptAt = (at: string) => {
    const there = new Set([...everyField(latest.current.tree)].map(({ pointer }) => pointer));
    setTried(before => new Map([...before, [at, there]]));
    setAttempt(({ count }) => ({ at, count: count + 1 }));
  };
  return {
    texts: textsOf(found.filter(isSeen)),
    standing: () => textsOf(found),
    isClean: page => judge !== undefined && !found.some(error => pageOf(error) === page),
    hasTried: page => tried.has(page) || tried.has(review),
    spell: field => (judge ? judge.spelled(field) : field.value),
    prepare: () => void fetchJudge(),
    tryTo: async what => {
      const present = await fetchJudge();
      if (!present) return true;
      attemptAt(what);
      const standing = [
        ...present.treeErrors(form, latest.current.tree, Date.now()),
        ...latest.current.refused,
      ];
      return !standing.some(error => what === review || pageOf(error) === what);
    },
    attemptsAt: step => (attempt.at === step ? attempt.count : 0),
    refuse: errors => {
      setRefused(errors);
      attemptAt(review);
    },
    forget: pointer => setRefused(errors => errors.filter(error => error.pointer !== pointer)),
  };
};
