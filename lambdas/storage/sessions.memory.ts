import { randomBytes } from 'node:crypto';
import type { EpochMs } from '../domain/case.ts';
import { refuse } from '../domain/refusal.ts';
import type { Session } from '../domain/session.ts';
import { idHashOf } from './cookie-sealing.ts';
import type { NewSession, ProviderSession, SignOutHint } from './session-rows.ts';
import type { Sessions } from './sessions.ts';

interface Kept {
  session: Session;
  readonly begun: NewSession;
  ended: boolean;
  hint: SignOutHint;
}

/** Sessions of one process; for tests. */
export const memorySessions = (): Sessions => {
  const kept = new Map<string, Kept>();
  const endings = new Map<string, EpochMs>();
  const nameOf = ({ issuer, by, value }: ProviderSession) => `${issuer}|${by}|${value}`;
  const change = (idHash: string, change: Partial<Session>): void => {
    const row = kept.get(idHash);
    if (row && !row.ended) row.session = { ...row.session, ...change };
  };
  const end = (idHash: string): void => {
    const row = kept.get(idHash);
    if (row) row.ended = true;
  };
  return {
    create: async (begun, begunAt = begun.startedAt) => {
      const cookie = randomBytes(32).toString('base64url');
      const { issuer: _issuer, sid, subject, signOutHint: hint, ...plain } = begun;
      const names = [nameOf({ ...begun, by: 'sub', value: subject })];
      if (sid) names.push(nameOf({ ...begun, by: 'sid', value: sid }));
      if (names.some(name => (endings.get(name) ?? 0) > begunAt)) refuse({ kind: 'session-expired' });
      const idHash = idHashOf(cookie);
      kept.set(idHash, {
        session: { ...plain, idHash, lastUsedAt: begun.startedAt },
        begun,
        ended: false,
        hint,
      });
      return cookie;
    },
    find: async cookie => {
      const row = kept.get(idHashOf(cookie));
      return row?.ended ? { ended: 'signed-out' } : row?.session;
    },
    touch: async ({ idHash }, lastUsedAt) => change(idHash, { lastUsedAt }),
    register: async ({ idHash, owner: before }, owner, person) => {
      if (kept.get(idHash)?.session.owner === before) change(idHash, { owner, person, registered: true });
    },
    actFor: async (cookie, acting, before) => {
      const row = kept.get(idHashOf(cookie));
      if (!row || row.ended || row.session.owner !== before) return false;
      const { mandate: _mandate, ...rest } = row.session;
      row.session = { ...rest, ...acting };
      return true;
    },
    keepMandate: async (cookie, { identity, mandate }, before) => {
      const row = kept.get(idHashOf(cookie));
      const now = row?.session.mandate;
      const isAsRead = now && !now.isLost && now.checkedAt === before.mandate?.checkedAt;
      if (!row || row.ended || row.session.owner !== before.owner || !isAsRead) return false;
      row.session = { ...row.session, identity, mandate };
      return true;
    },
    loseMandate: async ({ idHash, owner }) => {
      const mandate = kept.get(idHash)?.session.mandate;
      if (mandate && kept.get(idHash)?.session.owner === owner)
        change(idHash, { mandate: { ...mandate, isLost: true } });
    },
    end: async idHash => end(idHash),
    endAll: async (session, now) => {
      const { issuer, by, value } = session;
      endings.set(nameOf(session), now);
      for (const [idHash, { begun }] of kept)
        if (begun.issuer === issuer && (by === 'sid' ? begun.sid : begun.subject) === value) end(idHash);
    },
    ofPerson: async person =>
      [...kept].filter(([, { session }]) => session.person === person).map(([idHash]) => idHash),
    endPerson: async person => {
      for (const [idHash, { session }] of kept) if (session.person === person) end(idHash);
    },
    takeSignOutHint: async cookie => {
      const row = kept.get(idHashOf(cookie));
      const hint = row?.hint ?? {};
      if (row) row.hint = {};
      return hint;
    },
  };
};
