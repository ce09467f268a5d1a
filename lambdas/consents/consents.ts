import { refuse } from '../domain/refusal.ts';
import { type Answer, ok } from '../http/answer.ts';
import type { CitizenRequest } from '../http/request.ts';
import type { ConsentAnswer } from '../http/wire/forms.ts';
import type { Consents } from '../storage/consents.ts';

/** `GET consents/{form}`: whether one has sent the consent form that another form asks for (R6.8). */
export const getConsent = async (
  { parameters: { form = '' }, session }: CitizenRequest,
  { consents }: { readonly consents: Consents },
): Promise<Answer> => {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(form)) refuse({ kind: 'not-found' });
  const at = await consents.given(session.owner, form);
  return ok((at === undefined ? { given: false } : { given: true, at }) satisfies ConsentAnswer);
};
