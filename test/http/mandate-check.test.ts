import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mandateMs } from '../../lambdas/domain/mandate.ts';
import type { Session } from '../../lambdas/domain/session.ts';
import { sessionCookie } from '../../lambdas/http/cookies.ts';
import { confirmAtPortal, withMandate } from '../../lambdas/http/mandate-check.ts';
import type { PublicRequest } from '../../lambdas/http/request.ts';

const request = { cookies: { [sessionCookie]: 'cookie' }, now: 2 * mandateMs } as unknown as PublicRequest;
const session = {
  kind: 'organisation',
  identity: { name: 'Maija', organisation: { name: 'Esimerkki ry', businessId: '0201256-6' } },
  mandate: { roles: ['NIMKO'], checkedAt: mandateMs, isLost: false },
} as unknown as Session;

const portal = (status: number, body: object) => {
  const sent: unknown[] = [];
  const confirm = confirmAtPortal('https://portal.example', async (_url, init) => {
    sent.push(JSON.parse(String(init?.body)));
    return new Response(JSON.stringify(body), { status });
  });
  return { sent, confirm };
};

test('the register is asked about the organisation the request was admitted for', async () => {
  const { sent, confirm } = portal(200, { roles: ['TJ'] });
  const { mandate } = await withMandate(session, request, confirm);
  assert.deepEqual(sent, [{ organisation: '0201256-6' }]);
  assert.deepEqual(mandate, { roles: ['TJ'], checkedAt: request.now, isLost: false });
});

test('a session that acts for another by now is refused, and so is every answer that says nothing', async () => {
  const refusedAs = async (status: number, body: object): Promise<string> =>
    withMandate(session, request, portal(status, body).confirm).then(
      () => 'admitted',
      ({ reason }) => reason.kind,
    );
  assert.equal(await refusedAs(409, { type: '/problems/conflict' }), 'conflict');
  assert.equal(await refusedAs(403, { type: '/problems/mandate-lost' }), 'mandate-lost');
  assert.equal(await refusedAs(503, { type: '/problems/mandate-unavailable' }), 'mandate-unavailable');
  assert.equal(await refusedAs(200, {}), 'mandate-unavailable');
});
