import type { FieldError, Reason } from '../domain/refusal.ts';
import type { Answer } from './answer.ts';
import type { Problem } from './wire/general.ts';

interface Shape {
  readonly status: number;
  readonly title: string;
  readonly errors?: readonly FieldError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

const shape = (status: number, title: string, more: Omit<Shape, 'status' | 'title'> = {}): Shape => ({
  status,
  title,
  ...more,
});

const shapeOf = (reason: Reason): Shape => {
  switch (reason.kind) {
    case 'not-found':
      return shape(404, 'There is nothing here, or it is not yours');
    case 'method-not-allowed':
      return shape(405, 'This address does not take that method', { headers: { allow: 'GET, HEAD' } });
    case 'unauthenticated':
      return shape(401, 'Sign in first', {
        ...(reason.challenge && { headers: { 'www-authenticate': reason.challenge } }),
      });
    case 'session-expired':
      // With this answer the cookie goes, and nobody could be asked afterwards why.
      return shape(401, 'The session has ended', {
        ...(reason.ended && { extensions: { ended: reason.ended } }),
      });
    case 'cross-site':
      return shape(403, 'The request did not come from the portal itself');
    case 'registration-required':
      return shape(403, 'Register first');
    case 'consent-required':
      return shape(422, 'Registration needs consent to the current version');
    case 'scope-missing':
      return shape(403, 'The token lacks a scope', {
        extensions: { scope: reason.scope },
        headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${reason.scope}"` },
      });
    case 'malformed-json':
      return shape(400, 'The body is not JSON');
    case 'unsupported-media-type':
      return shape(415, 'The body must be application/json');
    case 'too-large':
      return shape(413, 'The body is too large', { extensions: { limitBytes: reason.limitBytes } });
    case 'answer-too-large':
      return shape(422, 'This is more than one answer has room for: ask for it in parts, case by case');
    case 'invalid-request':
      return shape(400, 'The request is not what this address takes', { errors: reason.errors });
    case 'invalid-answers':
      return shape(422, 'Some answers are missing or not acceptable', { errors: reason.errors });
    case 'idempotency-key-missing':
      return shape(400, 'The Idempotency-Key header is missing');
    case 'idempotency-key-reused':
      return shape(422, 'The Idempotency-Key was used for another request');
    case 'precondition-required':
      return shape(428, 'The If-Match or If-None-Match header is missing');
    case 'precondition-failed':
      return shape(412, 'It has been changed since it was read');
    case 'conflict':
      return shape(409, 'It was being changed by someone else');
    case 'draft-sent':
      return shape(404, 'It has been sent', { extensions: { sent: reason.sent } });
    case 'status-not-allowed':
      return shape(409, 'That status cannot follow this one', {
        extensions: { from: reason.from, to: reason.to },
      });
    case 'form-not-open':
      return shape(403, 'The form is not open');
    case 'wrong-applicant':
      return shape(403, 'The form is not for this kind of applicant');
    case 'persons-only':
      return shape(403, 'This is for a person in their own folder');
    case 'mandate-lost':
      return shape(403, 'The mandate to act for the organisation has ended');
    case 'mandate-unavailable':
      return shape(503, 'The register of mandates does not answer', { headers: { 'retry-after': '30' } });
    case 'role-missing':
      return shape(403, 'The mandate does not cover this', { extensions: { roles: reason.roles } });
    case 'conversation-not-started':
      return shape(409, 'An official starts the conversation');
    case 'conversation-closed':
      return shape(409, 'The conversation is closed');
    case 'messages-elsewhere':
      return shape(409, 'Messages of this service are kept in its own service, never here');
    case 'amendment-not-allowed':
      return shape(409, 'What was sent cannot be changed, or not any more');
    case 'too-many-messages':
      return shape(429, 'Too many messages within an hour: wait before you write again', {
        extensions: { limit: reason.limit },
        headers: { 'retry-after': '3600' },
      });
    case 'attachment-missing':
      return shape(422, 'An attachment that was announced has not arrived');
    case 'attachment-not-scanned':
      return shape(409, 'The attachment has not been scanned yet');
    case 'attachment-refused':
      return shape(410, 'The attachment was taken away and will not come', {
        extensions: { why: reason.why, ...(reason.errors && { errors: reason.errors }) },
      });
    case 'attachments-not-taken':
      return shape(409, 'No attachments are taken here, or not any more');
    case 'too-many-attachments':
      return shape(422, 'There are too many attachments', { extensions: { limit: reason.limit } });
    case 'too-many-bulletins':
      return shape(422, 'Too many bulletins are announced already', { extensions: { limit: reason.limit } });
    case 'too-many-codes':
      return shape(429, 'Too many codes were asked for', { headers: { 'retry-after': '3600' } });
    case 'code-wrong':
      return shape(422, 'That is not the code', { extensions: { triesLeft: reason.triesLeft } });
    case 'code-expired':
      return shape(410, 'There is no code that is still good');
    case 'too-many-drafts':
      return shape(422, 'There are too many drafts', { extensions: { limit: reason.limit } });
    case 'identification-failed':
      return shape(400, 'Identification failed', { extensions: { why: reason.why } });
    case 'course-full':
      return shape(409, 'The course and its waiting list are full');
    case 'consent-form-required':
      return shape(403, 'The consent form must be sent first', { extensions: { form: reason.form } });
    case 'unavailable':
      return shape(503, 'Try again in a moment', { headers: { 'retry-after': '5' } });
    default:
      reason satisfies never;
      return shape(500, 'Something went wrong here');
  }
};

const answer = (problem: Problem, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status: problem.status,
  body: problem,
  headers: { ...headers, 'content-type': 'application/problem+json' },
});

/** RFC 9457. `type` is `/problems/<kind>`; nothing in it is about a person. */
export const problem = (reason: Reason): Answer => {
  const { status, title, errors, extensions, headers } = shapeOf(reason);
  return answer(
    { ...extensions, type: `/problems/${reason.kind}`, title, status, ...(errors && { errors }) },
    headers,
  );
};

/** What went wrong is nobody's business but the log's: `id` finds the line. */
export const internalProblem = (id: string): Answer =>
  answer({ type: '/problems/internal', title: 'Something went wrong here', status: 500, id });
