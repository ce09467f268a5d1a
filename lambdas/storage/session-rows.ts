import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { EpochMs, PersonId } from '../domain/case.ts';
import { absoluteMs, type Session } from '../domain/session.ts';
import { idHashOf, openByCookie, sealByCookie } from './cookie-sealing.ts';
import { epochSeconds, type Row } from './dynamodb.ts';

/** Parameters of the provider's sign-out. */
export type SignOutHint = Readonly<Record<string, string>>;

export interface NewSession extends Omit<Session, 'idHash' | 'lastUsedAt'> {
  readonly issuer: string;
  /** The provider's own session: what a logout elsewhere names. */
  readonly sid?: string;
  /** The provider's name for the person; a logout elsewhere may name it instead. */
  readonly subject: string;
  /** Parameters that tell the provider, at sign-out, whose session is to end. */
  readonly signOutHint: SignOutHint;
}

/** In whose folder a session acts, and by what right. */
export type Acting = Pick<
  Session,
  'owner' | 'person' | 'kind' | 'registered' | 'identity' | 'identityKeys' | 'mandate'
>;

/** How a logout elsewhere names sessions. */
export interface ProviderSession {
  readonly issuer: string;
  readonly by: 'sid' | 'sub';
  readonly value: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const sessionKey = (idHash: string) => ({ pk: `SESSION#${idHash}`, sk: 'SESSION' });
/** Beside the session, not in it: it is long, and every written use would pay for it. */
export const hintKey = (idHash: string) => ({ pk: `SESSION#${idHash}`, sk: 'SIGN-OUT-HINT' });
/** Own rows instead of an index, which lags: a logout that arrives at once must find the session that just began. */
export const providerPk = ({ issuer, by, value }: ProviderSession): string =>
  `PROVIDER#${sha256(`${issuer}|${by}|${value}`)}`;

/** Which sessions a person has, by their id; own rows for the same reason. */
export const personPk = (person: PersonId): string => `PERSON#${person}`;

/** That all of this name were ended, and when; longer than a sign-in begun before may take (`signInMs`). */
export const endedKey = (session: ProviderSession) => ({ pk: providerPk(session), sk: 'ENDED' });
const endedMs = 30 * 60 * 1000;
export const endedMark = (session: ProviderSession, now: EpochMs) => ({
  ...endedKey(session),
  at: now,
  expiresAt: epochSeconds(now + endedMs),
});

const living = z.object({
  owner: z.string(),
  person: z.string(),
  kind: z.enum(['person', 'organisation']),
  registered: z.boolean(),
  method: z.string(),
  startedAt: z.number(),
  lastUsedAt: z.number(),
  subjectKey: z.optional(z.string()),
  mandateCheckedAt: z.optional(z.number()),
  mandateLost: z.optional(z.boolean()),
  sealed: z.instanceof(Uint8Array),
});
const personal = z.object({
  identity: z.object({
    name: z.string(),
    identityCode: z.optional(z.string()),
    organisation: z.optional(z.object({ name: z.string(), businessId: z.string() })),
  }),
  identityKeys: z.object({ owner: z.string(), person: z.string() }),
  roles: z.optional(z.array(z.string())),
});

/** What a logout elsewhere may call it. */
export const namesOf = ({ issuer, sid, subject }: NewSession): ProviderSession[] => [
  { issuer, by: 'sub', value: subject },
  ...(sid ? [{ issuer, by: 'sid' as const, value: sid }] : []),
];

const hint = z.record(z.string(), z.string());
const sealedRow = z.object({ sealed: z.instanceof(Uint8Array) });

export const openHint = (row: Row, cookie: string): SignOutHint =>
  hint.parse(JSON.parse(openByCookie(cookie, sealedRow.parse(row).sealed)));

export const readSession = (row: Row, cookie: string): Session => {
  const { sealed, mandateCheckedAt, mandateLost, ...plain } = living.parse(row);
  const { roles, ...known } = personal.parse(JSON.parse(openByCookie(cookie, sealed)));
  const mandate = mandateCheckedAt !== undefined && {
    roles: roles ?? [],
    checkedAt: mandateCheckedAt,
    isLost: mandateLost === true,
  };
  return { idHash: idHashOf(cookie), ...plain, ...known, ...(mandate && { mandate }) } as Session;
};

export const sealPersonal = (
  cookie: string,
  { identity, identityKeys, mandate }: Pick<Acting, 'identity' | 'identityKeys' | 'mandate'>,
): Uint8Array =>
  sealByCookie(cookie, JSON.stringify({ identity, identityKeys, ...(mandate && { roles: mandate.roles }) }));

/** Kept an hour past its end, so that a tab left open can be told why. */
const graceMs = 60 * 60 * 1000;

/** A session that begins: itself, the provider's hint beside it, and by what names it is found. */
export const rowsOf = (session: NewSession, cookie: string) => {
  const { issuer: _issuer, sid: _sid, subject: _subject, ...own } = session;
  const { signOutHint, identity, identityKeys, mandate, ...plain } = own;
  const idHash = idHashOf(cookie);
  const expiresAt = epochSeconds(session.startedAt + absoluteMs + graceMs);
  return [
    {
      ...sessionKey(idHash),
      ...plain,
      lastUsedAt: session.startedAt,
      ...(mandate && { mandateCheckedAt: mandate.checkedAt }),
      sealed: sealPersonal(cookie, session),
      expiresAt,
    },
    { ...hintKey(idHash), sealed: sealByCookie(cookie, JSON.stringify(signOutHint)), expiresAt },
    ...namesOf(session).map(name => ({ pk: providerPk(name), sk: idHash, expiresAt })),
    // Before registration the id is only proposed.
    ...(session.registered ? [{ pk: personPk(session.person), sk: idHash, expiresAt }] : []),
  ];
};
