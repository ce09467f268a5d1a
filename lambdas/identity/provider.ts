import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  ClientSecretBasic,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  ResponseBodyError,
} from 'openid-client';
import type { Settings } from '../configuration.ts';
import type { Language } from '../domain/language.ts';
import { Refusal } from '../domain/refusal.ts';
import type { SignOutHint } from '../storage/sessions.ts';
import { type Claims, isPersonal } from './claims.ts';
import type { Failure } from './failure.ts';
import { executeOptions } from './transport.ts';

/** What a sign-in remembers until the person comes back (RFC 9700: code, PKCE, state, nonce). */
export interface Expected {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

export interface Authorization extends Expected {
  readonly as: 'person' | 'organisation';
  readonly language: Language;
}

export interface Redeemed {
  /** Of the ID token: signature, `iss`, `aud`, `exp` and `nonce` have been verified. */
  readonly claims: Claims;
  readonly signOutHint: SignOutHint;
}

/** The state's identification, or the city's broker of it: an OpenID provider. */
export interface Provider {
  readonly issuer: string;
  /** Where the browser goes to identify. */
  authorizationUrl(authorization: Authorization): Promise<string>;
  /** Redeems the code the browser came back with. Refuses `identification-failed` with a `Failure` as `why`. */
  redeem(callback: URL, expected: Expected): Promise<Redeemed>;
  /** Where the browser goes to sign out of everything (R3.4); it comes back to `returnTo`. */
  signOutUrl(hint: SignOutHint, returnTo: string, language: Language): Promise<string>;
  /** Where the provider's public keys are. */
  jwksUri(): Promise<string>;
}

type ProviderSettings = Pick<
  Settings,
  'IDENTITY_ISSUER' | 'IDENTITY_CLIENT_ID' | 'IDENTITY_CLIENT_SECRET' | 'PORTAL_URL'
>;

/** The function itself has ten seconds. */
const timeoutSeconds = 4;
/** Providers announce changes of their addresses well before. */
const metadataMs = 60 * 60 * 1000;

const failed = (why: Failure): Refusal => new Refusal({ kind: 'identification-failed', why });

const isUnreachable = (error: unknown): boolean =>
  error instanceof TypeError ||
  ['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM'].includes(String((error as { code?: unknown }).code)) ||
  (error instanceof ResponseBodyError && error.status >= 500);

const failureOf = (error: unknown): Failure => {
  if (error instanceof AuthorizationResponseError) {
    if (error.error === 'access_denied') return 'cancelled';
    return ['server_error', 'temporarily_unavailable'].includes(error.error) ? 'unavailable' : 'failed';
  }
  return isUnreachable(error) ? 'unavailable' : 'failed';
};

/** Runs one conversation with the provider. What it says may quote a person's data: only why it failed is kept. */
const asking = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await ask();
  } catch (error) {
    throw failed(failureOf(error));
  }
};

const metadata = (settings: ProviderSettings): (() => Promise<Configuration>) => {
  let known: { configuration: Promise<Configuration>; until: number } | undefined;
  const discover = () =>
    discovery(
      new URL(settings.IDENTITY_ISSUER),
      settings.IDENTITY_CLIENT_ID,
      undefined,
      ClientSecretBasic(settings.IDENTITY_CLIENT_SECRET),
      {
        timeout: timeoutSeconds,
        execute: [enableNonRepudiationChecks, ...executeOptions(allowInsecureRequests)],
      },
    );
  return () => {
    if (!known || Date.now() >= known.until) {
      const configuration = discover();
      known = { configuration, until: Date.now() + metadataMs };
      configuration.catch(() => {
        known = undefined;
      });
    }
    return known.configuration;
  };
};

/**
 * The session the provider is to end is named by the ID token where that is about nobody; else by `sid` alone
 * (OpenID Connect RP-Initiated Logout 1.0): an address is kept in the browser's history, and no identity code may be in it.
 */
const hintOf = (idToken: string, claims: Claims): SignOutHint => {
  if (!isPersonal(claims)) return { id_token_hint: idToken };
  return typeof claims.sid === 'string' ? { logout_hint: claims.sid } : {};
};

const redeem = async (configuration: Configuration, callback: URL, expected: Expected): Promise<Redeemed> => {
  const tokens = await authorizationCodeGrant(configuration, callback, {
    expectedState: expected.state,
    expectedNonce: expected.nonce,
    pkceCodeVerifier: expected.codeVerifier,
    idTokenExpected: true,
  });
  const claims = tokens.claims() ?? {};
  return { claims, signOutHint: hintOf(tokens.id_token ?? '', claims) };
};

export const openidProvider = (settings: ProviderSettings): Provider => {
  const configuration = metadata(settings);
  return {
    issuer: settings.IDENTITY_ISSUER,
    authorizationUrl: ({ state, nonce, codeVerifier, as, language }) =>
      asking(
        async () =>
          buildAuthorizationUrl(await configuration(), {
            scope: 'openid profile',
            redirect_uri: `${settings.PORTAL_URL}/api/auth/callback`,
            code_challenge: await calculatePKCECodeChallenge(codeVerifier),
            code_challenge_method: 'S256',
            state,
            nonce,
            ui_locales: language,
            ...(as === 'organisation' && { applicant: as }),
          }).href,
      ),
    redeem: (callback, expected) => asking(async () => redeem(await configuration(), callback, expected)),
    signOutUrl: (hint, returnTo, language) =>
      asking(
        async () =>
          buildEndSessionUrl(await configuration(), {
            ...hint,
            post_logout_redirect_uri: returnTo,
            ui_locales: language,
          }).href,
      ),
    jwksUri: () =>
      asking(async () => {
        const { jwks_uri } = (await configuration()).serverMetadata();
        if (!jwks_uri) throw failed('failed');
        return jwks_uri;
      }),
  };
};
