import { isIdentityCode } from '../domain/identity-code.ts';
import { refuse } from '../domain/refusal.ts';
import type { Identity } from '../domain/session.ts';
import type { IdentityKind } from '../storage/identity-keys.ts';
import type { Failure } from './failure.ts';
import type { Vocabulary } from './vocabulary.ts';

export type Claims = Readonly<Record<string, unknown>>;

/** Claims of the protocol itself, about no person: a token with only these may be shown in an address. */
const ofTheProtocol = new Set([
  ...['iss', 'sub', 'aud', 'exp', 'iat', 'nbf', 'jti', 'auth_time', 'nonce', 'acr', 'amr', 'azp', 'sid'],
  ...['at_hash', 'c_hash', 's_hash', 'method', 'typ', 'loa'],
]);

/** Whether a token says more about its bearer than that there is one. */
export const isPersonal = (claims: Claims): boolean =>
  Object.keys(claims).some(name => !ofTheProtocol.has(name));

const text = (value: unknown): string | undefined => {
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first.trim() !== '' ? first.trim().slice(0, 200) : undefined;
};

/** How this issuer's claims are to be read. */
export interface Reading {
  readonly issuer: string;
  readonly vocabulary: Vocabulary;
  /** Levels of assurance that are enough, as the issuer names them (`acr`). */
  readonly levels: readonly string[];
}

const read = (claims: Claims, { vocabulary }: Reading, name: keyof Vocabulary): string | undefined =>
  vocabulary[name].map(key => text(claims[key])).find(value => value !== undefined);

const nameOf = (claims: Claims, reading: Reading): string | undefined => {
  const [given, family] = [read(claims, reading, 'givenName'), read(claims, reading, 'familyName')];
  return given && family ? `${given} ${family}` : read(claims, reading, 'fullName');
};

export interface Identified {
  readonly identity: Identity;
  /** What the human being is found by. */
  readonly found: { readonly kind: IdentityKind; readonly code: string };
  readonly subject: string;
  readonly sid?: string;
  readonly method: string;
}

const fail = (why: Failure = 'failed') => refuse({ kind: 'identification-failed', why });

/**
 * A person from abroad (eIDAS) has no identity code: they are known by who says who they are, and under which name.
 * That of their own country lasts; the issuer's `sub` stands in where none is sent (OpenID Connect Core, 8: never given to another).
 */
const foundBy = (claims: Claims, subject: string, reading: Reading): Identified['found'] => {
  const identityCode = read(claims, reading, 'identityCode');
  if (identityCode === undefined)
    return {
      kind: 'foreign',
      code: `${reading.issuer}|${read(claims, reading, 'foreignIdentifier') ?? subject}`,
    };
  return isIdentityCode(identityCode) ? { kind: 'person', code: identityCode } : fail();
};

/** The level is asked for, but only what the token says counts: an issuer may answer with a lower one. */
const demandLevel = (claims: Claims, reading: Reading): void => {
  if (!reading.levels.includes(read(claims, reading, 'level') ?? '')) fail('too-weak');
};

/**
 * Who identified, from the claims of an ID token that has been verified (R3.1). Takes no address, whatever the issuer
 * sends: a protected one (turvakielto) cannot be shown where it never arrived.
 * Refuses `identification-failed` below the level asked for, without a name, or with an impossible code. Of
 * organisations the issuer knows nothing: the register of mandates does (`mandates/`).
 */
export const toIdentified = (claims: Claims, reading: Reading): Identified => {
  demandLevel(claims, reading);
  const [subject, name] = [text(claims.sub), nameOf(claims, reading)];
  if (!subject || !name) return fail();
  const found = foundBy(claims, subject, reading);
  const sid = text(claims.sid);
  return {
    identity: {
      name,
      ...(found.kind === 'person' && { identityCode: found.code }),
    },
    found,
    subject,
    ...(sid && { sid }),
    method: read(claims, reading, 'method') ?? 'unknown',
  };
};
