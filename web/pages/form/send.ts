/** How a form is sent; there already when it is: it comes with the page on which the answers are checked. */
import type { FieldError } from '../../../lambdas/domain/refusal.ts';
import type { SubmissionAnswer, SubmissionRequest } from '../../../lambdas/http/wire/cases.ts';
import { ApiFailure, call } from '../../client/api.ts';
import type fi from './fi.json';
import type { Sending } from './use-sending.ts';

type Key = keyof typeof fi;

const reasons: Readonly<Record<string, Key>> = {
  network: 'sendFailed.network',
  'form-not-open': 'sendFailed.closed',
  'wrong-applicant': 'sendFailed.applicant',
  'role-missing': 'sendFailed.role',
  'mandate-unavailable': 'sendFailed.mandate',
  'attachment-missing': 'sendFailed.attachment',
  'attachment-refused': 'sendFailed.attachmentRefused',
  'attachments-not-taken': 'sendFailed.notTaken',
  'amendment-not-allowed': 'sendFailed.notAmendable',
  conflict: 'sendFailed.notAmendable',
  'idempotency-key-reused': 'sendFailed.again',
  'course-full': 'sendFailed.full',
  'consent-form-required': 'sendFailed.consent',
  unauthenticated: 'sendFailed.session',
  'session-expired': 'sendFailed.session',
};

export interface Outcome {
  readonly sending: Sending;
  /** What the server found wrong with the answers. */
  readonly refused?: readonly FieldError[];
}

/** `key` is the same however often it is sent: a lost answer never doubles a case. */
export const post = async (submission: SubmissionRequest, key: string): Promise<Outcome> => {
  try {
    const headers = { 'idempotency-key': key };
    const answer = await call<SubmissionAnswer>('cases', { method: 'POST', body: submission, headers });
    return { sending: { state: 'sent', answer } };
  } catch (error) {
    const { kind, errors } = error instanceof ApiFailure ? error : new ApiFailure('', 0);
    if (kind === 'invalid-answers' || (kind === 'attachment-refused' && errors.length > 0))
      return { sending: { state: 'idle' }, refused: errors };
    return { sending: { state: 'failed', why: reasons[kind] ?? 'sendFailed.other' } };
  }
};
