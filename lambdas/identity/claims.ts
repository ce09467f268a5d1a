import { isBusinessId } from '../domain/business-id.ts';
import { isIdentityCode } from '../domain/identity-code.ts';
import { refuse } from '../domain/refusal.ts';
import type { Identity } from '../domain/session.ts';
import type { IdentityKind } from '../storage/identity-keys.ts';

export type Claims = Readonly<Record<string, unknown>>;

/** Under which names issuers put what we need; the first that is there counts. The OIDs are Suomi.fi's attributes. */
const names = {
  fullName: ['name', 'urn:oid:2.16.840.1.113730.3.1.241', 'urn:oid:2.5.4.3'],
  givenName: ['given_name', 'urn:oid:2.5.4.42'],
  familyName: ['family_name', 'urn:oid:2.5.4.4'],
  identityCode: ['urn:oid:1.2.246.21', 'national_id_num'],
  foreignIdentifier: ['http://eidas.europa.eu/attributes/naturalperson/PersonIdentifier'],
  method: ['method', 'amr', 'acr'],
  organisation: ['organisation'],
} as const;

/** Claims of the protocol itself, about no person: a token with only these may be shown in an address. */
const ofTheProtocol = new Set([
  ...['iss', 'sub', 'aud', 'exp', 'iat', 'nbf', 'jti', 'auth_time', 'nonce', 'acr', 'amr', 'azp', 'sid'],
  ...['at_hash', 'c_hash', 's_hash', 'method', 'typ'],
]);

/** Whether a token says more about its bearer than that there is one. */
export const isPersonal = (claims: Claims): boolean =>
  Object.keys(claims).some(name => !ofTheProtocol.has(name));

const text = (value: unknown): string | undefined => {
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first.trim() !== '' ? first.trim().slice(0, 200) : undefined;
};

const read = (claims: Claims, name: keyof typeof names): string | undefined =>
  names[name].map(key => text(claims[key])).find(value => value !== undefined);

const nameOf = (claims: Claims): string | undefined => {
  const [given, family] = [read(claims, 'givenName'), read(claims, 'familyName')];
  return given && family ? `${given} ${family}` : read(claims, 'fullName');
};

const organisationOf = (claims: Claims): Identity['organisation'] => {
  const { businessId, name } = (claims[names.organisation[0]] ?? {}) as Claims;
  const [id, title] = [text(businessId), text(name)];
  return id && title && isBusinessId(id) ? { businessId: id, name: title } : undefined;
};

export interface Identified {
  readonly identity: Identity;
  /** What the human being is found by. */
  readonly found: { readonly kind: IdentityKind; readonly code: string };
  readonly subject: string;
  readonly sid?: string;
  readonly method: string;
}

const fail = () => refuse({ kind: 'identification-failed', why: 'failed' });

/** A person from abroad (eIDAS) has no identity code: their own country's identifier, or else the issuer's subject, stays. */
const foundBy = (claims: Claims, subject: string): Identified['found'] => {
  const identityCode = read(claims, 'identityCode');
  if (identityCode === undefined)
    return { kind: 'foreign', code: read(claims, 'foreignIdentifier') ?? subject };
  return isIdentityCode(identityCode) ? { kind: 'person', code: identityCode } : fail();
};

/**
 * Who identified, from the claims of an ID token that has been verified (R3.1).
 * Refuses `identification-failed` without a name, with an impossible code, or without the organisation asked for.
 */
export const toIdentified = (claims: Claims, as: 'person' | 'organisation'): Identified => {
  const [subject, name] = [text(claims.sub), nameOf(claims)];
  if (!subject || !name) return fail();
  const found = foundBy(claims, subject);
  const organisation = as === 'organisation' ? (organisationOf(claims) ?? fail()) : undefined;
  const sid = text(claims.sid);
  return {
    identity: {
      name,
      ...(found.kind === 'person' && { identityCode: found.code }),
      ...(organisation && { organisation }),
    },
    found,
    subject,
    ...(sid && { sid }),
    method: read(claims, 'method') ?? 'unknown',
  };
};
