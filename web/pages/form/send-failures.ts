import type fi from './fi.json';

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

/** What a person is told of a problem that kept their form from being sent. */
export const failureText = (kind: string): Key => reasons[kind] ?? 'sendFailed.other';
