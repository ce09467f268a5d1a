import { isMandateStale } from '../domain/mandate.ts';
import { refuse } from '../domain/refusal.ts';
import type { Session } from '../domain/session.ts';
import { sessionCookie } from './cookies.ts';
import type { PublicRequest } from './request.ts';
import type { RouteKey } from './routes.ts';

/**
 * Has the register asked whether the mandate for that organisation (its business ID) still holds; answers its roles.
 * Refuses `mandate-lost`, `mandate-unavailable`; `conflict` where the session acts for another by now.
 */
export type ConfirmMandate = (
  request: Pick<PublicRequest, 'cookies'>,
  organisation: string,
) => Promise<readonly string[]>;

/** As the check refuses; anything else is an answer that did not come. */
const refusals: Readonly<Record<string, 'mandate-lost' | 'conflict'>> = {
  '/problems/mandate-lost': 'mandate-lost',
  '/problems/conflict': 'conflict',
};

/** Milliseconds: the function that is asked has two tries of three seconds each. */
const patience = 8_000;

/**
 * Asks the portal's own address, as the browser itself could: one function alone knows the register and its secrets, and
 * the others start no slower for it. The cookie goes nowhere but where it came from.
 */
export const confirmAtPortal =
  (portalUrl: string, fetch: typeof globalThis.fetch = globalThis.fetch): ConfirmMandate =>
  async ({ cookies }, organisation) => {
    const answer = await fetch(`${portalUrl}/api/mandate/check`, {
      method: 'POST',
      headers: {
        cookie: `${sessionCookie}=${cookies[sessionCookie] ?? ''}`,
        origin: portalUrl,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ organisation }),
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    }).catch(() => undefined);
    const said = (await answer?.json().catch(() => undefined)) as
      | { readonly type?: string; readonly roles?: readonly string[] }
      | undefined;
    if (answer?.ok && said?.roles) return said.roles;
    return refuse({ kind: refusals[said?.type ?? ''] ?? 'mandate-unavailable' });
  };

/** What is done in an organisation's name for others to rely on is done by a right that holds at this very moment. */
const mandateNow: readonly RouteKey[] = [
  'POST /api/cases',
  'POST /api/cases/{caseNumber}/messages',
  'PUT /api/cases/{caseNumber}/attachments/{attachment}',
  'POST /api/cases/{caseNumber}/cancellation',
  'PUT /api/profile',
  'POST /api/profile/codes',
  'POST /api/profile/confirmations',
];

const isAskedNow = ({ routeKey }: PublicRequest): boolean => mandateNow.includes(routeKey as RouteKey);

/** The session with its mandate as it is now, asked for anew once an hour and for `mandateNow`. One's own folder needs none. */
export const withMandate = async (
  session: Session,
  request: PublicRequest,
  confirm: ConfirmMandate,
): Promise<Session> => {
  const { kind, mandate, identity } = session;
  if (kind === 'person') return session;
  if (!mandate || mandate.isLost) return refuse({ kind: 'mandate-lost' });
  if (!isAskedNow(request) && !isMandateStale(mandate, request.now)) return session;
  const { businessId } = identity.organisation ?? refuse({ kind: 'mandate-lost' });
  const roles = await confirm(request, businessId);
  return { ...session, mandate: { ...mandate, roles, checkedAt: request.now } };
};
