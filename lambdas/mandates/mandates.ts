import * as z from 'zod/mini';
import { signInOf } from '../domain/access-log.ts';
import type { Mandate, MandateInUse } from '../domain/mandate.ts';
import { refuse } from '../domain/refusal.ts';
import type { Session } from '../domain/session.ts';
import { type Answer, ok } from '../http/answer.ts';
import { parse } from '../http/body.ts';
import { sessionCookie } from '../http/cookies.ts';
import type { CitizenRequest } from '../http/request.ts';
import type { MandateAnswer } from '../http/wire/session.ts';
import { type FolderDependencies, folderOf } from '../identity/folder.ts';
import type { AccessLog } from '../storage/access-log.ts';
import type { Held, Mandates } from '../storage/mandates.ts';
import type { Acting } from '../storage/session-rows.ts';
import type { Sessions } from '../storage/sessions.ts';
import type { MandateRegister } from './register.ts';

export interface MandateDependencies extends FolderDependencies {
  readonly register: MandateRegister;
  readonly mandates: Mandates;
  readonly sessions: Pick<Sessions, 'find' | 'actFor' | 'keepMandate' | 'loseMandate'>;
  readonly log: Pick<AccessLog, 'addSignIn'>;
}

export const cookieOf = ({ cookies }: Pick<CitizenRequest, 'cookies'>): string =>
  cookies[sessionCookie] ?? refuse({ kind: 'unauthenticated' });

const answerOf = (
  { identity, registered, mandate }: Acting,
  mandates: readonly Mandate[] = [],
): MandateAnswer => ({
  name: identity.name,
  ...(identity.organisation && { organisation: identity.organisation }),
  ...(mandate?.isLost && { mandateLost: true as const }),
  registered,
  mandates,
  canAsk: identity.identityCode !== undefined,
});

/** `GET mandate`: asks nobody, so that a page may show it as often as it likes. */
export const showMandates = async (
  request: CitizenRequest,
  { mandates }: MandateDependencies,
): Promise<Answer> => ok(answerOf(request.session, (await mandates.held(cookieOf(request)))?.mandates));

const inUse = ({ roles }: Mandate, checkedAt: number): MandateInUse => ({ roles, checkedAt, isLost: false });

const switchTo = async (
  request: CitizenRequest,
  acting: Acting,
  { sessions }: MandateDependencies,
): Promise<Acting> => {
  const isDone = await sessions.actFor(cookieOf(request), acting, request.session.owner);
  return isDone ? acting : refuse({ kind: 'conflict' });
};

/** The same human being in the folder of an organisation, or in their own; nobody is identified again. */
export const actFor = async (
  request: CitizenRequest,
  mandate: Mandate | undefined,
  dependencies: MandateDependencies,
): Promise<Acting> => {
  const { identity: before, identityKeys } = request.session;
  const { organisation: _organisation, ...identity } = before;
  const now = mandate
    ? { ...identity, organisation: { name: mandate.name, businessId: mandate.businessId } }
    : identity;
  const folder = await folderOf(now, identityKeys.person, dependencies);
  const acting: Acting = {
    ...folder,
    identity: now,
    kind: mandate ? 'organisation' : 'person',
    ...(mandate && { mandate: inUse(mandate, request.now) }),
  };
  // As at sign-in: before the folder opens. One that nobody has registered yet has no log.
  const { method } = request.session;
  if (mandate && acting.registered)
    await dependencies.log.addSignIn(signInOf({ ...acting, method, startedAt: request.now }));
  return switchTo(request, acting, dependencies);
};

/** No session makes the city ask the state's register without end. Refuses `mandate-unavailable`. */
export const demandPatience = async (
  request: Pick<CitizenRequest, 'cookies' | 'now'>,
  mandates: Pick<Mandates, 'mayAsk'>,
): Promise<void> => {
  if (!(await mandates.mayAsk(cookieOf(request), request.now))) refuse({ kind: 'mandate-unavailable' });
};

/** What the register says at this moment, written down; undefined where it has forgotten the visit or never had one. */
const askAgain = async (
  request: CitizenRequest,
  { register, mandates }: MandateDependencies,
): Promise<readonly Mandate[] | undefined> => {
  const cookie = cookieOf(request);
  const held: Held | undefined = await mandates.held(cookie);
  if (held) await demandPatience(request, mandates);
  const found = held && (await register.mandates(held.access));
  if (held && found) await mandates.hold(request.session, cookie, { ...held, mandates: found });
  return found;
};

const of = (mandates: readonly Mandate[] | undefined, businessId: string): Mandate | undefined =>
  mandates?.find(mandate => mandate.businessId === businessId);

const lose = async (session: Session, { sessions }: MandateDependencies): Promise<never> => {
  await sessions.loseMandate(session);
  return refuse({ kind: 'mandate-lost' });
};

const mandateRequest = z.object({ organisation: z.nullable(z.string().check(z.maxLength(20))) });

/** `PUT mandate`: the register is asked before an organisation's folder opens, never before one's own does. */
export const switchMandate = async (
  request: CitizenRequest,
  dependencies: MandateDependencies,
): Promise<Answer> => {
  const { organisation } = parse(mandateRequest, request.body);
  if (organisation === null) {
    const acting = await actFor(request, undefined, dependencies);
    return ok(answerOf(acting, (await dependencies.mandates.held(cookieOf(request)))?.mandates));
  }
  const found = await askAgain(request, dependencies);
  const mandate = of(found, organisation);
  if (mandate) return ok(answerOf(await actFor(request, mandate, dependencies), found));
  // The one in use may be gone as well as the one wanted; to want one in vain closes no other's folder.
  const isInUse = request.session.identity.organisation?.businessId === organisation;
  return isInUse ? lose(request.session, dependencies) : refuse({ kind: 'mandate-lost' });
};

/** Somebody was quicker: what the session says by now. A slow answer undoes nothing that was found since. */
const rolesSince = async (
  request: CitizenRequest,
  { sessions }: MandateDependencies,
): Promise<readonly string[]> => {
  const found = await sessions.find(cookieOf(request));
  if (!found || 'ended' in found || found.owner !== request.session.owner || !found.mandate)
    return refuse({ kind: 'conflict' });
  return found.mandate.isLost ? refuse({ kind: 'mandate-lost' }) : found.mandate.roles;
};

const checkRequest = z.object({ organisation: z.optional(z.string().check(z.maxLength(20))) });

/**
 * `POST mandate/check`: whether the mandate in use still holds, and its roles. The portal's other functions ask it, once
 * an hour and whenever something is sent. What the register no longer has is lost at once, and what it has forgotten too:
 * the person goes there again, without identifying again. Whoever asks says which organisation was acted for: what was
 * begun for one is not done by the right to act for another. Refuses `conflict` then.
 */
export const checkMandate = async (
  request: CitizenRequest,
  dependencies: MandateDependencies,
): Promise<Answer> => {
  const { session, now } = request;
  const { organisation } = session.identity;
  const { organisation: meant = organisation?.businessId } = parse(checkRequest, request.body ?? {});
  if (meant !== organisation?.businessId) refuse({ kind: 'conflict' });
  if (!organisation) return ok({ roles: [] });
  if (session.mandate?.isLost) refuse({ kind: 'mandate-lost' });
  const mandate = of(await askAgain(request, dependencies), organisation.businessId);
  if (!mandate) return lose(session, dependencies);
  const { businessId, name } = mandate;
  const identity = { ...session.identity, organisation: { businessId, name } };
  const kept = { ...session, identity, mandate: inUse(mandate, now) };
  if (await dependencies.sessions.keepMandate(cookieOf(request), kept, session))
    return ok({ roles: mandate.roles });
  return ok({ roles: await rolesSince(request, dependencies) });
};
