import { endedByTime, remaining, type Session } from '../domain/session.ts';
import { type Answer, ok } from '../http/answer.ts';
import { findSession } from '../http/api.ts';
import { clearedCookies, sessionCookie } from '../http/cookies.ts';
import type { PublicRequest } from '../http/request.ts';
import type { SessionAnswer } from '../http/wire/session.ts';
import type { Sessions } from '../storage/sessions.ts';

export interface SessionDependencies {
  readonly sessions: Pick<Sessions, 'find' | 'touch'>;
}

const describe = (session: Session, now: number): SessionAnswer => {
  const { kind, identity, registered, method, mandate } = session;
  const { name, organisation } = identity;
  return {
    signedIn: true,
    ...{ kind, name, registered, method, ...(organisation && { organisation }) },
    ...(mandate && { roles: mandate.roles }),
    ...(mandate?.isLost && { mandateLost: true as const }),
    ...remaining(session, now),
  };
};

/** `GET session`: 200 for everybody, and never a use: a tab left open keeps nobody signed in (R3.5). */
export const showSession = async (
  { cookies, now }: PublicRequest,
  { sessions }: SessionDependencies,
): Promise<Answer> => {
  const cookie = cookies[sessionCookie];
  if (!cookie) return ok({ signedIn: false } satisfies SessionAnswer);
  const found = await sessions.find(cookie);
  const ended = found && ('ended' in found ? found.ended : endedByTime(found, now));
  if (found && !('ended' in found) && !ended) return ok(describe(found, now));
  const answer: SessionAnswer = { signedIn: false, ...(ended && { ended }) };
  return ok(answer, { cookies: clearedCookies() });
};

/** `POST session`: *Pysy kirjautuneena* (R3.5). Refuses where there is no session to keep. */
export const keepSession = async (
  request: PublicRequest,
  { sessions }: SessionDependencies,
): Promise<Answer> => {
  const session = await findSession(request, sessions);
  await sessions.touch(session, request.now);
  return ok(describe({ ...session, lastUsedAt: request.now }, request.now));
};
