import type { Actor, EpochMs, OwnerId, PersonId } from './case.ts';
import type { MandateInUse } from './mandate.ts';

/** Whom the state's identification said this is. Personal: never logged, never part of a key or an address. */
export interface Identity {
  /** The human being's name, as the population register has it. */
  readonly name: string;
  /** Absent for those who identify from abroad (eIDAS). */
  readonly identityCode?: string;
  /** The organisation acted for (R3.1). */
  readonly organisation?: { readonly name: string; readonly businessId: string };
}

/** One signed-in browser. */
export interface Session {
  /** SHA-256 of the cookie, hex: the cookie itself is kept nowhere. */
  readonly idHash: string;
  /** Whose folder this is: the person's own, or the organisation's. */
  readonly owner: OwnerId;
  /** The human being who acts; equals `owner` in a person's own folder. */
  readonly person: PersonId;
  readonly kind: 'person' | 'organisation';
  /** Consent has been given and contact details are stored (R4.1). */
  readonly registered: boolean;
  /** How the person identified, in the provider's word. */
  readonly method: string;
  readonly startedAt: EpochMs;
  /** Written at most once a minute, so up to a minute early. */
  readonly lastUsedAt: EpochMs;
  readonly identity: Identity;
  /** Keyed hashes the folder and the person are found by (`storage/identity-keys.ts`); needed until registered. */
  readonly identityKeys: { readonly owner: string; readonly person: string };
  /** Hash of the issuer's name for the person, where it lasts beyond this identification (`storage/subjects.ts`). */
  readonly subjectKey?: string;
  /** What lets the person act for the organisation; always there where `kind` is one. */
  readonly mandate?: MandateInUse;
}

/** As a case keeps who did something: colleagues of an organisation see one another's names ("handled by"). */
export const actorIn = ({
  kind,
  person,
  identity,
}: Pick<Session, 'kind' | 'person' | 'identity'>): Actor => ({
  kind: 'citizen',
  person,
  ...(kind === 'organisation' && { name: identity.name }),
});

export type Ending = 'idle' | 'absolute' | 'signed-out';

/** Two hours without use end a session (R3.5). */
export const idleMs = 2 * 60 * 60 * 1000;
/** However busy, a session ends half a day after it began. */
export const absoluteMs = 12 * 60 * 60 * 1000;
/** Last use is written once in this time: a write a request would cost more than the requests. */
export const touchMs = 60 * 1000;

type Times = Pick<Session, 'startedAt' | 'lastUsedAt'>;

export interface Remaining {
  readonly idleSecondsLeft: number;
  readonly absoluteSecondsLeft: number;
}

const secondsUntil = (end: EpochMs, now: EpochMs): number => Math.max(0, Math.floor((end - now) / 1000));

/** How long the session still lasts if nothing more is done. Idle time never promises more than the absolute end. */
export const remaining = ({ startedAt, lastUsedAt }: Times, now: EpochMs): Remaining => {
  const absoluteSecondsLeft = secondsUntil(startedAt + absoluteMs, now);
  return {
    absoluteSecondsLeft,
    idleSecondsLeft: Math.min(secondsUntil(lastUsedAt + idleMs, now), absoluteSecondsLeft, idleMs / 1000),
  };
};

/** Why the session is over by the clock, or undefined while it lives. */
export const endedByTime = (
  { startedAt, lastUsedAt }: Times,
  now: EpochMs,
): 'idle' | 'absolute' | undefined => {
  if (now >= startedAt + absoluteMs) return 'absolute';
  return now >= lastUsedAt + idleMs ? 'idle' : undefined;
};

/** Whether this use is to be written down; also where the clock was set back since the last one. */
export const isTouchDue = ({ lastUsedAt }: Pick<Times, 'lastUsedAt'>, now: EpochMs): boolean =>
  Math.abs(now - lastUsedAt) >= touchMs;
