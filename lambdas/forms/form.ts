import { refuse } from '../domain/refusal.ts';
import { type Answer, ok } from '../http/answer.ts';
import type { PublicRequest } from '../http/request.ts';
import type { Forms } from '../storage/forms.ts';

const forEver = 'public, max-age=31536000, immutable';
const askAgain = 'no-cache';

/** `GET /api/forms/{id}?version=`: public. A version that is named never changes, so browsers may keep it for ever. */
export const getForm = async (
  { parameters, query, headers }: PublicRequest,
  { forms }: { readonly forms: Pick<Forms, 'get'> },
): Promise<Answer> => {
  const form = await forms.get(parameters.id ?? refuse({ kind: 'not-found' }), query.version);
  const etag = `"${form.version}"`;
  const answer = { headers: { 'cache-control': query.version === undefined ? askAgain : forEver, etag } };
  return headers['if-none-match'] === etag ? { status: 304, ...answer } : ok(form, answer);
};
