import type { LookedAt } from '../domain/access-log.ts';
import type { CaseNumber } from '../domain/case.ts';
import type { CitizenRequest } from '../http/request.ts';
import type { AccessLog } from '../storage/access-log.ts';

/**
 * That a person of an organisation looks at one of its cases, or at a part of it: awaited before they are answered. In
 * one's own folder one is nobody else, and nothing is written down.
 */
export const recordReading = async (
  { session, now }: Pick<CitizenRequest, 'session' | 'now'>,
  caseNumber: CaseNumber,
  what: LookedAt,
  log: Pick<AccessLog, 'addReading'>,
): Promise<void> => {
  const { owner, person, kind, identity } = session;
  if (kind === 'person') return;
  const by = { kind: 'representative', person, name: identity.name } as const;
  await log.addReading({ at: now, owner, caseNumber, by, what });
};
