import type { EpochMs } from '../domain/case.ts';
import { type Availability, availabilityOf } from '../domain/forms/open.ts';
import type { CompiledForm } from '../domain/forms/types.ts';
import { refuse } from '../domain/refusal.ts';
import { type Answer, ok } from '../http/answer.ts';
import type { PublicRequest } from '../http/request.ts';
import { routes } from '../http/routes.ts';
import type { Forms } from '../storage/forms.ts';

/** `GET /api/forms/{id}/availability`: whether it can be sent at this moment. A browser's clock may say anything. */
export interface AvailabilityAnswer {
  readonly availability: Availability;
  /** The server's time: opening and closing go by it. */
  readonly now: EpochMs;
}

/** The version in use, and whether it can be sent. */
export interface FormInUse extends CompiledForm, AvailabilityAnswer {}

export interface FormDependencies {
  readonly forms: Pick<Forms, 'get'>;
}

const forEver = { headers: { 'cache-control': 'public, max-age=31536000, immutable' } };

const idOf = ({ parameters: { id } }: PublicRequest): string => id ?? refuse({ kind: 'not-found' });

/** A version that is named never changes, so browsers may keep it for ever. */
const getForm = async (request: PublicRequest, { forms }: FormDependencies): Promise<Answer> => {
  const { query, now } = request;
  const form = await forms.get(idOf(request), query.version);
  if (query.version !== undefined) return ok(form, forEver);
  return ok({ ...form, availability: availabilityOf(form, now), now } satisfies FormInUse);
};

/** For pages that wait for its opening or closing: they have the form, which may weigh a hundred kilobytes. */
const getAvailability = async (request: PublicRequest, { forms }: FormDependencies): Promise<Answer> => {
  const { now } = request;
  const availability = availabilityOf(await forms.get(idOf(request)), now);
  return ok({ availability, now } satisfies AvailabilityAnswer);
};

/** Public. */
export const serveForms = (dependencies: FormDependencies) =>
  routes<PublicRequest>({
    'GET /api/forms/{id}': request => getForm(request, dependencies),
    'GET /api/forms/{id}/availability': request => getAvailability(request, dependencies),
  });
