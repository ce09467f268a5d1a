import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type Provider from 'oidc-provider';
import type { Configuration, JWK, KoaContextWithOIDC } from 'oidc-provider';
import { readOrMake } from '../durable.ts';
import {
  type DepartmentClient,
  departmentMetadata,
  departmentResource,
  type Service,
  serviceMetadata,
} from './clients.ts';
import type { Choice } from './interaction.ts';
import { answerPage, languageOf, securityHeaders } from './layout.ts';
import { memoryAdapter } from './memory.ts';
import { failurePage } from './pages.ts';
import { fullName, levels, type Person, personOf } from './people.ts';
import { loadProvider } from './portal-time.ts';
import { signOutPages } from './sign-out.ts';

export interface ProviderOptions {
  readonly issuer: string;
  readonly services: readonly Service[];
  readonly departments: readonly DepartmentClient[];
  readonly secrets: Readonly<Record<string, string>>;
  readonly dataDir: string;
  readonly issued: Issued;
  /** What was chosen for a grant; asked only when tokens are issued. */
  readonly choiceOf: (grantId: string) => Choice | undefined;
}

interface Keys {
  readonly jwk: JWK;
  readonly cookies: string;
}

/** Kept, so that what was signed before a restart still verifies. */
const makeKeys = (): Keys => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' };
  return {
    jwk: { ...jwk, kid: randomBytes(8).toString('hex') } as JWK,
    cookies: randomBytes(32).toString('hex'),
  };
};

/** A provider's session must not outlive a portal's that was left alone: two hours, as there (R3.5). */
const sessionSeconds = 2 * 3600;

/** Whose names the claims are given: the state's attributes by their OIDs, or those of the city's Keycloak. */
export type Issued = 'suomifi' | 'keycloak';

type Claim = 'givenName' | 'familyName' | 'fullName' | 'identityCode' | 'level';
const issuedNames: Readonly<Record<Issued, Readonly<Record<Claim, string>>>> = {
  suomifi: {
    givenName: 'urn:oid:2.5.4.42',
    familyName: 'urn:oid:2.5.4.4',
    fullName: 'urn:oid:2.16.840.1.113730.3.1.241',
    identityCode: 'urn:oid:1.2.246.21',
    level: 'urn:oid:1.3.6.1.4.1.5923.1.1.1.7',
  },
  keycloak: {
    givenName: 'given_name',
    familyName: 'family_name',
    fullName: 'name',
    identityCode: 'national_id_num',
    level: 'loa',
  },
};

const claimNames = (issued: Issued) => [
  ...['sub', 'acr', 'amr', 'method', 'name'],
  ...Object.values(issuedNames[issued]),
];

/** What Keycloak makes of the national levels. */
const keycloakLevels: Readonly<Record<string, string>> = {
  'http://ftn.ficora.fi/2017/loa2': 'substantial',
  'http://ftn.ficora.fi/2017/loa3': 'high',
};

const claimsOf = (person: Person, choice: Choice | undefined, issued: Issued) => {
  const names = issuedNames[issued];
  return {
    sub: person.id,
    [names.givenName]: person.givenName,
    [names.familyName]: person.familyName,
    [names.fullName]: fullName(person),
    ...(person.identityCode && { [names.identityCode]: person.identityCode }),
    ...(choice && { method: choice.method }),
    ...(choice && issued === 'keycloak' && { [names.level]: keycloakLevels[choice.level] ?? 'low' }),
  };
};

const grantIn = (ctx: KoaContextWithOIDC): string | undefined =>
  ctx.oidc.entities.AuthorizationCode?.grantId ?? ctx.oidc.entities.Grant?.jti;

/** Nobody enters a service unnoticed: an existing session is announced once for every sign-in. */
const policy = ({ interactionPolicy }: Awaited<ReturnType<typeof loadProvider>>) => {
  const { base, Check, Prompt } = interactionPolicy;
  const prompts = base();
  const check = new Check('new_service', 'the person enters a service with an existing session', ctx => {
    const result = ctx.oidc.result as Record<string, unknown> | undefined;
    return result?.login === undefined && result?.notice === undefined;
  });
  prompts.add(new Prompt({ name: 'notice' }, check), 1);
  // A session too weak for the service is no session to it: the person identifies anew, more strongly.
  const step = new Check('too_weak', 'the service asks for a higher level', ctx => {
    const wanted = String(ctx.oidc.params?.acr_values ?? '')
      .split(' ')
      .filter(Boolean);
    const isNew = (ctx.oidc.result as Record<string, unknown> | undefined)?.login !== undefined;
    const has = ctx.oidc.session?.acr;
    return !isNew && wanted.length > 0 && has !== undefined && !wanted.includes(has);
  });
  prompts.get('login')?.checks.add(step);
  return prompts;
};

/** Departments' tokens look like Cognito's; asking for no scope means all the client has, as there. */
const departmentServer = (departments: readonly DepartmentClient[]) => ({
  enabled: true,
  defaultResource: (ctx: KoaContextWithOIDC) =>
    departments.some(({ id }) => id === ctx.oidc.client?.clientId) ? departmentResource : undefined,
  getResourceServerInfo: (ctx: KoaContextWithOIDC) => {
    const scope = departments.find(({ id }) => id === ctx.oidc.client?.clientId)?.scopes.join(' ') ?? '';
    if (ctx.oidc.params && !ctx.oidc.params.scope) ctx.oidc.params.scope = scope;
    return {
      scope,
      audience: departmentResource,
      accessTokenTTL: 3600,
      accessTokenFormat: 'jwt' as const,
      jwt: { sign: { alg: 'RS256' as const } },
    };
  },
});

const configurationOf = (
  options: ProviderOptions,
  keys: Keys,
  module: Awaited<ReturnType<typeof loadProvider>>,
): Configuration => ({
  adapter: memoryAdapter(),
  acrValues: levels,
  clients: [
    ...options.services.map(service => serviceMetadata(service, options.secrets)),
    ...options.departments.map(department => departmentMetadata(department, options.secrets)),
  ],
  claims: {
    openid: claimNames(options.issued),
    profile: ['name'],
    sid: null,
    auth_time: null,
  },
  conformIdTokenClaims: false,
  cookies: { keys: [keys.cookies] },
  extraTokenClaims: (_ctx, token) =>
    token.kind === 'ClientCredentials' ? { token_use: 'access' } : undefined,
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    encryption: { enabled: true },
    backchannelLogout: { enabled: true },
    resourceIndicators: departmentServer(options.departments),
    rpInitiatedLogout: { enabled: true, ...signOutPages(options.services) },
    userinfo: { enabled: false },
  },
  // The provider refuses to call loopback addresses, where everything lives here, and gives up sooner than a
  // function of the portal that has to start first can answer.
  fetch: (url, init) => {
    const { dispatcher: _, ...plain } = init as RequestInit & { dispatcher?: unknown };
    return fetch(url, { ...plain, signal: AbortSignal.timeout(10_000) });
  },
  findAccount: (ctx, sub) => {
    const person = personOf(sub);
    const grantId = grantIn(ctx);
    const choice = grantId === undefined ? undefined : options.choiceOf(grantId);
    return person && { accountId: sub, claims: () => claimsOf(person, choice, options.issued) };
  },
  interactions: { policy: policy(module), url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  jwks: { keys: [keys.jwk] },
  pkce: { required: () => true },
  renderError: ctx => {
    const language = languageOf(ctx.get('accept-language'));
    ctx.respond = false;
    answerPage(ctx.res, ctx.status, failurePage(language));
  },
  // As Cognito's, where verifiers of its tokens look by themselves.
  routes: { token: '/token', jwks: '/.well-known/jwks.json' },
  scopes: ['openid', 'profile', ...new Set(options.departments.flatMap(({ scopes }) => scopes))],
  ttl: {
    AccessToken: 3600,
    ClientCredentials: 3600,
    Grant: sessionSeconds,
    IdToken: 600,
    Interaction: 3600,
    Session: sessionSeconds,
  },
});

/** A cookie's end would be reckoned by the portal's clock, which the browser does not share: it lasts as the browser. */
const withoutExpiry = (cookie: string): string =>
  /expires=Thu, 01 Jan 1970/.test(cookie) ? cookie : cookie.replace(/; ?expires=[^;]*/gi, '');

export const createProvider = async (options: ProviderOptions): Promise<Provider> => {
  const keys = readOrMake(join(options.dataDir, 'identity.json'), makeKeys);
  const module = await loadProvider();
  const provider = new module.Provider(options.issuer, configurationOf(options, keys, module));
  const forms = options.services.flatMap(({ redirectUris }) => redirectUris.map(uri => new URL(uri).origin));
  provider.use(async (ctx, next) => {
    // Pages of the provider's own take this policy and add the hash of their script to it.
    ctx.set(securityHeaders({ forms }));
    await next();
    const cookies = ctx.response.headers['set-cookie'];
    if (cookies) ctx.set('set-cookie', [cookies].flat().map(withoutExpiry));
  });
  return provider;
};
