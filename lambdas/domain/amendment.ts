/** Changes to a sent form: a draft of its own, and what came to differ, field by field. */
import type { CaseEvent, CaseNumber } from './case.ts';
import { child, isObject, pointerTo, withValue } from './forms/answers.ts';
import type { Answers } from './forms/types.ts';

/** An answer that differs: `before` is absent where there was none, `after` where there is none any more. */
export interface Change {
  /** RFC 6901 pointer into the answers. */
  readonly pointer: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/**
 * Id of the draft in which a case is changed for the `version`-th time: whoever begins twice goes on with the same one,
 * and sending it is changing that case once.
 */
export const amendmentDraft = (caseNumber: CaseNumber, version: number): string =>
  `amend-${caseNumber}-${version}`;

/** The how manieth change the next one is. */
export const nextVersion = (events: readonly Pick<CaseEvent, 'type'>[]): number =>
  events.filter(({ type }) => type === 'amendment').length + 1;

export interface AmendmentOf {
  readonly caseNumber: CaseNumber;
  /** From 1. */
  readonly version: number;
}

/** Which case a draft changes; undefined for one that will be a case of its own. */
export const amendmentOf = (draft: string): AmendmentOf | undefined => {
  const [, caseNumber, version] = /^amend-([A-Z]{1,10}-\d{4}-\d{6,9})-([1-9]\d{0,3})$/.exec(draft) ?? [];
  return caseNumber ? { caseNumber, version: Number(version) } : undefined;
};

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const change = (pointer: string, before: unknown, after: unknown): Change => ({
  pointer,
  ...(before !== undefined && { before }),
  ...(after !== undefined && { after }),
});

/** What differs, as deep as both have the same shape; a list that has grown or shrunk is one change. */
const differences = (before: unknown, after: unknown, pointer: string): readonly Change[] => {
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return before.flatMap((one, index) => differences(one, after[index], pointerTo(pointer, index)));
  if (isObject(before) && isObject(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap(name =>
      differences(child(before, name), child(after, name), pointerTo(pointer, name)),
    );
  return isSame(before, after) ? [] : [change(pointer, before, after)];
};

export const changesBetween = (before: Answers, after: Answers): readonly Change[] =>
  differences(before, after, '');

/** The answers as they were before these changes. */
export const reverted = (answers: Answers, changes: readonly Change[]): Answers =>
  changes.reduce<Answers>((undone, { pointer, before }) => withValue(undone, pointer, before), answers);
