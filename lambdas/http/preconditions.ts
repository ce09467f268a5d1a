import { type Reason, refuse } from '../domain/refusal.ts';
import type { PublicRequest } from '../http/request.ts';

/** A revision as an entity tag (RFC 9110, section 8.8.3). */
export const etag = (revision: number): string => `"${revision}"`;

const stale: Reason = { kind: 'precondition-failed' };

/** The revision `If-Match` names, undefined without one. Refuses `precondition-failed` for a tag that cannot be ours. */
export const ifMatch = ({ headers }: Pick<PublicRequest, 'headers'>): number | undefined => {
  const given = headers['if-match']?.trim();
  if (given === undefined) return undefined;
  const [, revision] = /^"(\d{1,9})"$/.exec(given) ?? [];
  return revision === undefined ? refuse(stale) : Number(revision);
};

/** Whether the request makes something new: `If-None-Match: *`. */
export const isCreation = ({ headers }: Pick<PublicRequest, 'headers'>): boolean =>
  headers['if-none-match']?.trim() === '*';

/** Printable ASCII; what any library's random key looks like. */
const keyShape = /^[\x21-\x7e]{1,200}$/;

/** Refuses `idempotency-key-missing`; a key nobody's library makes is `invalid-request`. */
export const idempotencyKey = ({ headers }: Pick<PublicRequest, 'headers'>): string => {
  const key = headers['idempotency-key']?.trim();
  if (!key) return refuse({ kind: 'idempotency-key-missing' });
  if (keyShape.test(key)) return key;
  return refuse({
    kind: 'invalid-request',
    errors: [{ pointer: '/headers/idempotency-key', code: 'format' }],
  });
};
