import { folderHeader, folderName } from '../domain/folder-header.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import { endedByTime, isTouchDue, type Session } from '../domain/session.ts';
import type { Sessions } from '../storage/sessions.ts';
import { type ApiHandler, type ChainOptions, chain } from './chain.ts';
import { clearedCookies, sessionCookie } from './cookies.ts';
import { type ConfirmMandate, confirmAtPortal, withMandate } from './mandate-check.ts';
import type { CitizenRequest, PublicRequest } from './request.ts';
import type { Handle } from './routes.ts';

/** `registered` means that consent has been given and a folder exists (R4.1). */
export type Access = 'public' | 'session' | 'registered';

type Common = Omit<ChainOptions<never>, 'admit' | 'refusalCookies'>;
export interface PublicOptions extends Common {
  readonly access: 'public';
}
export interface CitizenOptions extends Common {
  readonly access: 'session' | 'registered';
  readonly sessions: Pick<Sessions, 'find' | 'touch'>;
  /** How an organisation's mandate is confirmed, once an hour; `never` where mandates themselves are looked at. */
  readonly confirmMandate?: ConfirmMandate | 'never';
}

/** The living session behind the request's cookie. Refuses `unauthenticated` or `session-expired`. */
export const findSession = async (
  { cookies, now }: PublicRequest,
  sessions: Pick<Sessions, 'find'>,
): Promise<Session> => {
  const cookie = cookies[sessionCookie];
  const found = cookie ? await sessions.find(cookie) : undefined;
  if (!found) return refuse({ kind: 'unauthenticated' });
  if ('ended' in found) return refuse({ kind: 'session-expired', ended: found.ended });
  const ended = endedByTime(found, now);
  return ended ? refuse({ kind: 'session-expired', ended }) : found;
};

/**
 * A page says whose folder it was opened in, a business ID or `self`: what was written in one is not saved into the
 * other that the session has been switched to in another window meanwhile. Refuses `conflict`.
 */
const demandFolder = ({ identity }: Session, { headers }: PublicRequest): void => {
  const meant = headers[folderHeader];
  if (meant !== undefined && meant !== folderName(identity.organisation)) refuse({ kind: 'conflict' });
};

const admitCitizen =
  ({ access, sessions, environment, confirmMandate }: CitizenOptions) =>
  async (request: PublicRequest): Promise<CitizenRequest> => {
    const found = await findSession(request, sessions);
    // Where folders themselves are switched, the one that is left is nobody's matter.
    if (confirmMandate !== 'never') demandFolder(found, request);
    const confirm = confirmMandate ?? confirmAtPortal(environment.PORTAL_URL);
    const session = confirm === 'never' ? found : await withMandate(found, request, confirm);
    if (access === 'registered' && !session.registered) refuse({ kind: 'registration-required' });
    if (isTouchDue(session, request.now)) await sessions.touch(session, request.now);
    return { ...request, session };
  };

/** A cookie that opens nothing is taken back; where none was sent there is none to take. */
const takeBack = ({ cookies }: PublicRequest, { reason }: Refusal): readonly string[] =>
  cookies[sessionCookie] && (reason.kind === 'unauthenticated' || reason.kind === 'session-expired')
    ? clearedCookies()
    : [];

/** A Lambda handler of the citizen API. What `access` asks for decides what the behaviour is given. */
export function api(handle: Handle<PublicRequest>, options: PublicOptions): ApiHandler;
export function api(handle: Handle<CitizenRequest>, options: CitizenOptions): ApiHandler;
export function api(
  handle: Handle<PublicRequest> | Handle<CitizenRequest>,
  options: PublicOptions | CitizenOptions,
): ApiHandler {
  return options.access === 'public'
    ? chain(handle as Handle<PublicRequest>, {
        ...options,
        admit: async request => request,
        refusalCookies: takeBack,
      })
    : chain(handle, { ...options, admit: admitCitizen(options), refusalCookies: takeBack });
}
