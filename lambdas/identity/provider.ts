import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  clockTolerance,
  discovery,
  enableDecryptingResponses,
  enableNonRepudiationChecks,
  None,
  ResponseBodyError,
} from 'openid-client';
import type { Settings } from '../configuration.ts';
import type { Language } from '../domain/language.ts';
import { Refusal } from '../domain/refusal.ts';
import type { SignOutHint } from '../storage/session-rows.ts';
import { type Claims, isPersonal } from './claims.ts';
import type { Credentials } from './credentials.ts';
import type { Failure } from './failure.ts';
import { executeOptions } from './transport.ts';

/** What a sign-in remembers until the person comes back (RFC 9700: code, PKCE, state, nonce). */
export interface Expected {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

export interface Authorization extends Expected {
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

type ProviderSettings = Pick<Settings, 'IDENTITY_ISSUER' | 'IDENTITY_CLIENT_ID' | 'PORTAL_URL'>;

/** What only signing in needs; signing out asks the provider for nothing. */
export interface Terms {
  credentials(): Promise<Credentials>;
  /** Levels of assurance asked for (`acr_values`), any of which will do. */
  readonly levels: readonly string[];
}

const noTerms: Terms = {
  credentials: async () => ({ authentication: None(), decryption: [] }),
  levels: [],
};

/** The function itself has ten seconds. */
const timeoutSeconds = 4;
/** Two machines' clocks are never quite the same. */
const clockToleranceSeconds = 30;
/** Providers announce changes of their addresses, and we of our keys, well before. */
const metadataMs = 60 * 60 * 1000;

const failed = (why: Failure): Refusal => new Refusal({ kind: 'identification-failed', why });

const isUnreachable = (error: unknown): boolean =>
  error instanceof TypeError ||
  ['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM'].includes(String((error as { code?: unknown }).code)) ||
  (error instanceof ResponseBodyError && error.status >= 500);

/** What the provider sends back instead of a code (RFC 6749, 4.1.2.1; OpenID Connect Core, 3.1.2.6). */
const answers: Readonly<Record<string, Failure>> = {
  access_denied: 'cancelled',
  login_required: 'expired',
  interaction_required: 'expired',
  unmet_authentication_requirements: 'too-weak',
  server_error: 'unavailable',
  temporarily_unavailable: 'unavailable',
};

const failureOf = (error: unknown): Failure => {
  if (error instanceof AuthorizationResponseError) {
    return answers[error.error] ?? 'failed';
  }
  if ((error as { code?: unknown }).code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') return 'clock';
  return isUnreachable(error) ? 'unavailable' : 'failed';
};

/** Runs one conversation with the provider. What it says may quote a person's data: only why it failed is kept. */
const asking = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof Refusal ? error : failed(failureOf(error));
  }
};

const decrypting =
  (keys: Credentials['decryption']) =>
  (configuration: Configuration): void => {
    if (keys.length > 0) enableDecryptingResponses(configuration, undefined, ...keys);
  };

const metadata = (settings: ProviderSettings, terms: Terms): (() => Promise<Configuration>) => {
  let known: { configuration: Promise<Configuration>; until: number } | undefined;
  const discover = async () => {
    const { authentication, decryption } = await terms.credentials();
    return discovery(
      new URL(settings.IDENTITY_ISSUER),
      settings.IDENTITY_CLIENT_ID,
      { [clockTolerance]: clockToleranceSeconds },
      authentication,
      {
        timeout: timeoutSeconds,
        execute: [
          enableNonRepudiationChecks,
          decrypting(decryption),
          ...executeOptions(allowInsecureRequests),
        ],
      },
    );
  };
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
  // The library looks at the token's end only; one from the future tells as much about the clocks.
  if (Number(tokens.claims()?.iat) > Date.now() / 1000 + clockToleranceSeconds) throw failed('clock');
  return { claims, signOutHint: hintOf(tokens.id_token ?? '', claims) };
};

export const openidProvider = (settings: ProviderSettings, terms: Terms = noTerms): Provider => {
  const configuration = metadata(settings, terms);
  return {
    issuer: settings.IDENTITY_ISSUER,
    authorizationUrl: ({ state, nonce, codeVerifier, language }) =>
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
            ...(terms.levels.length > 0 && { acr_values: terms.levels.join(' ') }),
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
