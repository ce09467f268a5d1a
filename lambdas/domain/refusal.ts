import type { Standing } from './course.ts';

/** A form answer that was not accepted: where (RFC 6901 pointer into the answers) and why, never the value. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
}

/** Every way the portal says no. `http/problem.ts` maps each to RFC 9457; a reason without a mapping does not compile. */
export type Reason =
  | { kind: 'not-found' }
  | { kind: 'method-not-allowed' }
  /** `challenge` is what `WWW-Authenticate` says to a system that speaks by token (RFC 6750, section 3). */
  | { kind: 'unauthenticated'; challenge?: string }
  | { kind: 'session-expired'; ended?: 'idle' | 'absolute' | 'signed-out' }
  | { kind: 'cross-site' }
  | { kind: 'registration-required' }
  | { kind: 'consent-required' }
  | { kind: 'scope-missing'; scope: string }
  | { kind: 'malformed-json' }
  | { kind: 'unsupported-media-type' }
  | { kind: 'too-large'; limitBytes: number }
  /** What is asked for is more than one answer has room for. */
  | { kind: 'answer-too-large' }
  | { kind: 'invalid-request'; errors: readonly FieldError[] }
  | { kind: 'invalid-answers'; errors: readonly FieldError[] }
  | { kind: 'idempotency-key-missing' }
  | { kind: 'idempotency-key-reused' }
  | { kind: 'precondition-required' }
  | { kind: 'precondition-failed' }
  | { kind: 'conflict' }
  /** No draft any more; what came of it. */
  | { kind: 'draft-sent'; sent: { caseNumber: string; stored: boolean; place?: Standing } }
  | { kind: 'status-not-allowed'; from: string; to: string }
  | { kind: 'form-not-open' }
  | { kind: 'wrong-applicant' }
  /** It is about a human being's own data, and an organisation has none. */
  | { kind: 'persons-only' }
  /** The right to act for the organisation has ended (R3.1). */
  | { kind: 'mandate-lost' }
  /** The register of mandates cannot be asked: nobody is let in on a guess. */
  | { kind: 'mandate-unavailable' }
  /** The mandate holds, but not for this; any of `roles` would do. */
  | { kind: 'role-missing'; roles: readonly string[] }
  | { kind: 'conversation-not-started' }
  | { kind: 'conversation-closed' }
  /** Messages of this service live elsewhere, in health care's own (R7.8). */
  | { kind: 'messages-elsewhere' }
  /** What was sent cannot be changed, or not any more. */
  | { kind: 'amendment-not-allowed' }
  | { kind: 'too-many-messages'; limit: number }
  | { kind: 'attachment-missing' }
  | { kind: 'attachment-not-scanned' }
  /** `errors`: the fields whose files they are, where a form names them. */
  | { kind: 'attachment-refused'; why: string; errors?: readonly FieldError[] }
  | { kind: 'attachments-not-taken' }
  | { kind: 'too-many-attachments'; limit: number }
  | { kind: 'too-many-drafts'; limit: number }
  | { kind: 'too-many-bulletins'; limit: number }
  | { kind: 'too-many-codes' }
  | { kind: 'code-wrong'; triesLeft: number }
  | { kind: 'code-expired' }
  | { kind: 'identification-failed'; why: string }
  | { kind: 'course-full' }
  | { kind: 'consent-form-required'; form: string }
  | { kind: 'unavailable' };

/** The one exception the domain throws on purpose. Its message names the kind only: it may be logged. */
export class Refusal extends Error {
  readonly reason: Reason;
  constructor(reason: Reason) {
    super(reason.kind);
    this.name = 'Refusal';
    this.reason = reason;
  }
}

export const refuse = (reason: Reason): never => {
  throw new Refusal(reason);
};
