import type { ClientMetadata } from 'oidc-provider';
import type { Translated } from '../../../../lambdas/domain/language.ts';
import { languages } from '../../../../lambdas/domain/language.ts';
import { pageUrl } from '../../../../web/urls.ts';

/** A service citizens sign in to. */
export interface Service {
  readonly clientId: string;
  readonly name: Translated;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly backchannelLogoutUri?: string;
  readonly frontchannelLogoutUri?: string;
  /** Where its public keys are: then it proves itself by them, and its ID tokens are encrypted. */
  readonly jwksUri?: string;
}

/** A department's system: client credentials only. */
export interface DepartmentClient {
  readonly id: string;
  readonly scopes: readonly string[];
}

/** The audience of departments' tokens: a name, not an address. */
export const departmentResource = 'urn:asiointi:department';

/** The portal as the state registers it; `usesKeys`: keys of its own instead of a shared secret. */
export const portalService = (
  clientId: string,
  portalUrl: string,
  name: Translated,
  usesKeys: boolean,
): Service => ({
  clientId,
  ...(usesKeys && { jwksUri: `${portalUrl}/api/auth/jwks.json` }),
  name,
  redirectUris: [`${portalUrl}/api/auth/callback`],
  postLogoutRedirectUris: languages.flatMap(language => [
    portalUrl + pageUrl(language, 'signedOut'),
    portalUrl + pageUrl(language, 'home'),
  ]),
  backchannelLogoutUri: `${portalUrl}/api/auth/backchannel-logout`,
  frontchannelLogoutUri: `${portalUrl}/api/auth/frontchannel-logout`,
});

const secretOf = (secrets: Readonly<Record<string, string>>, clientId: string): string => {
  const secret = secrets[clientId];
  if (secret === undefined) throw new Error(`client ${clientId} has no secret`);
  return secret;
};

/** By keys: RFC 7523 towards us, RFC 7516 from us. */
const proof = (
  { clientId, jwksUri }: Service,
  secrets: Readonly<Record<string, string>>,
): Partial<ClientMetadata> =>
  jwksUri === undefined
    ? { client_secret: secretOf(secrets, clientId) }
    : {
        jwks_uri: jwksUri,
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: 'RS256',
        id_token_encrypted_response_alg: 'RSA-OAEP-256',
        id_token_encrypted_response_enc: 'A256GCM',
      };

export const serviceMetadata = (
  service: Service,
  secrets: Readonly<Record<string, string>>,
): ClientMetadata => ({
  client_id: service.clientId,
  ...proof(service, secrets),
  client_name: service.name.fi,
  grant_types: ['authorization_code'],
  response_types: ['code'],
  redirect_uris: [...service.redirectUris],
  post_logout_redirect_uris: [...service.postLogoutRedirectUris],
  scope: 'openid profile',
  ...(service.backchannelLogoutUri && {
    backchannel_logout_uri: service.backchannelLogoutUri,
    backchannel_logout_session_required: true,
  }),
});

export const departmentMetadata = (
  { id, scopes }: DepartmentClient,
  secrets: Readonly<Record<string, string>>,
): ClientMetadata => ({
  client_id: id,
  client_secret: secretOf(secrets, id),
  grant_types: ['client_credentials'],
  response_types: [],
  redirect_uris: [],
  scope: scopes.join(' '),
});
