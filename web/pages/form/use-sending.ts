import { useRef, useState } from 'preact/hooks';
import type { FieldError } from '../../../lambdas/domain/refusal.ts';
import type { SubmissionAnswer, SubmissionRequest } from '../../../lambdas/http/wire/cases.ts';
import { ApiFailure } from '../../client/api.ts';
import { postCase } from './draft-api.ts';
import type fi from './fi.json';

type Key = keyof typeof fi;

export type Sending =
  | { readonly state: 'idle' }
  | { readonly state: 'sending' }
  | { readonly state: 'failed'; readonly why: Key }
  | { readonly state: 'sent'; readonly answer: SubmissionAnswer };

/** There already: it came with the page on which answers are checked. */
const failureOf = async (kind: string): Promise<Key> =>
  (await import('./later.ts').catch(() => undefined))?.failureText(kind) ?? 'sendFailed.other';

/** It has been sent, as far as this page can know: nobody is to be offered to begin it anew. */
export const mayBeSent = (sending: Sending): boolean =>
  sending.state === 'sending' ||
  (sending.state === 'failed' && ['sendFailed.network', 'sendFailed.other'].includes(sending.why));

/** Sends once (R6.4): a second press while it is on its way does nothing, a later one carries the same key. */
export const useSending = (onRefused: (errors: readonly FieldError[]) => void) => {
  const [sending, setSending] = useState<Sending>({ state: 'idle' });
  const isOnItsWay = useRef(false);
  const send = async (submission: SubmissionRequest, key: string): Promise<SubmissionAnswer | undefined> => {
    if (isOnItsWay.current) return undefined;
    isOnItsWay.current = true;
    setSending({ state: 'sending' });
    try {
      const answer = await postCase(submission, key);
      setSending({ state: 'sent', answer });
      return answer;
    } catch (error) {
      const { kind, errors } = error instanceof ApiFailure ? error : new ApiFailure('', 0);
      if (kind === 'invalid-answers') onRefused(errors);
      setSending(
        kind === 'invalid-answers' ? { state: 'idle' } : { state: 'failed', why: await failureOf(kind) },
      );
      return undefined;
    } finally {
      isOnItsWay.current = false;
    }
  };
  const fail = (why: Key) => setSending({ state: 'failed', why });
  return { sending, send, fail };
};
