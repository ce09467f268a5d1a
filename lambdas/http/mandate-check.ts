import { isMandateStale } from '../domain/mandate.ts';
import { refuse } from '../domain/refusal.ts';
import type { Session } from '../domain/session.ts';
import { sessionCookie } from './cookies.ts';
import type { PublicRequest } from './request.ts';

/** Has the register asked whether the mandate still holds; answers its roles. Refuses `mandate-lost`, `mandate-unavailable`. */
export type ConfirmMandate = (request: Pick<PublicRequest, 'cookies'>) => Promise<readonly string[]>;

/** Milliseconds: the function that is asked has two tries of three seconds each. */
const patience = 8_000;

/**
 * Asks the portal's own address, as the browser itself could: one function alone knows the register and its secrets, and
 * the others start no slower for it. The cookie goes nowhere but where it came from.
 */
export const confirmAtPortal =
  (portalUrl: string, fetch: typeof globalThis.fetch = globalThis.fetch): ConfirmMandate =>
  async ({ cookies }) => {
    const answer = await fetch(`${portalUrl}/api/mandate/check`, {
      method: 'POST',
      headers: {
        cookie: `${sessionCookie}=${cookies[sessionCookie] ?? ''}`,
        origin: portalUrl,
        'content-type': 'application/json',
      },
      body: '{}',
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    }).catch(() => undefined);
    const said = (await answer?.json().catch(() => undefined)) as
      | { readonly type?: string; readonly roles?: readonly string[] }
      | undefined;
    if (answer?.ok && said?.roles) return said.roles;
    return refuse({ kind: said?.type === '/problems/mandate-lost' ? 'mandate-lost' : 'mandate-unavailable' });
  };

/** The session with its mandate as it is now, asked for anew once an hour. One's own folder needs none. */
export const withMandate = async (
  session: Session,
  request: PublicRequest,
  confirm: ConfirmMandate,
): Promise<Session> => {
  const { kind, mandate } = session;
  if (kind === 'person') return session;
  if (!mandate || mandate.isLost) return refuse({ kind: 'mandate-lost' });
  if (!isMandateStale(mandate, request.now)) return session;
  return { ...session, mandate: { ...mandate, roles: await confirm(request), checkedAt: request.now } };
};
