import type { EpochMs } from '../domain/case.ts';
import { type Availability, availabilityOf } from '../domain/forms/open.ts';
import type { CompiledForm } from '../domain/forms/types.ts';
import { refuse } from '../domain/refusal.ts';
import { type Answer, ok } from '../http/answer.ts';
import type { PublicRequest } from '../http/request.ts';
import type { Forms } from '../storage/forms.ts';

/** The version in use, and whether it can be sent at this moment: a browser's clock may say anything. */
export interface FormInUse extends CompiledForm {
  readonly availability: Availability;
  /** The server's time: opening and closing go by it. */
  readonly now: EpochMs;
}

const forEver = { headers: { 'cache-control': 'public, max-age=31536000, immutable' } };

/** `GET /api/forms/{id}?version=`: public. A version that is named never changes, so browsers may keep it for ever. */
export const getForm = async (
  { parameters, query, now }: PublicRequest,
  { forms }: { readonly forms: Pick<Forms, 'get'> },
): Promise<Answer> => {
  const form = await forms.get(parameters.id ?? refuse({ kind: 'not-found' }), query.version);
  if (query.version !== undefined) return ok(form, forEver);
  return ok({ ...form, availability: availabilityOf(form, now), now } satisfies FormInUse);
};
