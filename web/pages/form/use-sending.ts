import { useRef, useState } from 'preact/hooks';
import type { FieldError } from '../../../lambdas/domain/refusal.ts';
import type { SubmissionAnswer, SubmissionRequest } from '../../../lambdas/http/wire/cases.ts';
import type fi from './fi.json';

type Key = keyof typeof fi;

export type Sending =
  | { readonly state: 'idle' }
  | { readonly state: 'sending' }
  | { readonly state: 'failed'; readonly why: Key }
  | { readonly state: 'sent'; readonly answer: SubmissionAnswer };

/** It has been sent, as far as this page can know: nobody is to be offered to begin it anew. */
export const mayBeSent = (sending: Sending): boolean =>
  sending.state === 'sending' ||
  (sending.state === 'failed' && ['sendFailed.network', 'sendFailed.other'].includes(sending.why));

/** Sends once (R6.4): a second press while it is on its way does nothing, a later one carries the same key. */
export const useSending = (onRefused: (errors: readonly FieldError[]) => void) => {
  const [sending, setSending] = useState<Sending>({ state: 'idle' });
  const isOnItsWay = useRef(false);
  const fail = (why: Key) => setSending({ state: 'failed', why });
  const send = async (submission: SubmissionRequest, key: string): Promise<SubmissionAnswer | undefined> => {
    if (isOnItsWay.current) return undefined;
    isOnItsWay.current = true;
    setSending({ state: 'sending' });
    try {
      const { post } = await import('./later.ts');
      const outcome = await post(submission, key);
      if (outcome.refused) onRefused(outcome.refused);
      setSending(outcome.sending);
      return outcome.sending.state === 'sent' ? outcome.sending.answer : undefined;
    } catch {
      fail('sendFailed.network');
      return undefined;
    } finally {
      isOnItsWay.current = false;
    }
  };
  return { sending, send, fail };
};
