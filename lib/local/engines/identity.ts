import { createServer } from 'node:net';
import type { Translated } from '../../../lambdas/domain/language.ts';
import { type DepartmentClient, portalService, type Service } from './identity/clients.ts';
import { type Interactions, interactions } from './identity/interaction.ts';
import { answerAsset } from './identity/layout.ts';
import { byClock } from './identity/portal-time.ts';
import { createProvider, type Issued } from './identity/provider.ts';
import { stateService } from './identity/state-service.ts';
import { type Engine, type Handle, listen } from './server.ts';

export interface IdentityOptions {
  /** The issuer is `http://127.0.0.1:<port>`; absent: any free one. */
  readonly port?: number;
  readonly portalUrl: string;
  /** Client id of the portal; default `asiointi`. */
  readonly portalClientId?: string;
  /** What the notice calls the portal. */
  readonly portalName?: Translated;
  /** Departments' systems. */
  readonly clients: readonly DepartmentClient[];
  /** Client secrets by client id, the portal's and every other service's included. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Whose names claims are given; the state's where nothing is said. */
  readonly issued?: Issued;
  /** The portal proves itself by its own keys and gets encrypted ID tokens, instead of by a shared secret. */
  readonly portalUsesKeys?: boolean;
  /** Other services of the same identification, for trying single sign-on. */
  readonly services?: readonly Service[];
  /** With a service to sign in to beside the portal, at `/state-service/`. */
  readonly withStateService?: boolean;
  readonly dataDir: string;
  /** Epoch ms. */
  readonly now: () => number;
  /** Serves what begins with `/local/` or `/mailbox`, and the register of mandates. */
  readonly extraRoutes?: Handle;
  /** One line when the provider itself fails or a service could not be told of a sign-out; never personal. */
  readonly onProblem?: (line: string) => void;
}

/** The provider must know its own address before it listens. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const defaultName: Translated = { fi: 'Asiointi', sv: 'Asiointi', en: 'Asiointi' };

/**
 * The state's identification page and the issuer of departments' tokens: a real OpenID provider with invented people.
 */
export const startIdentity = async (options: IdentityOptions): Promise<Engine> => {
  const port = options.port || (await freePort());
  const issuer = `http://127.0.0.1:${port}`;
  const { portalUrl, portalClientId = 'asiointi', portalName = defaultName } = options;
  const state = options.withStateService ? stateService({ issuer, portalUrl, now: options.now }) : undefined;
  const services = [
    portalService(portalClientId, portalUrl, portalName, options.portalUsesKeys === true),
    ...(options.services ?? []),
    ...(state ? [state.service] : []),
  ];
  let pages: Interactions | undefined;
  const provider = await createProvider({
    issuer,
    services,
    departments: options.clients,
    secrets: { ...options.secrets, ...(state && { [state.service.clientId]: state.secret }) },
    dataDir: options.dataDir,
    issued: options.issued ?? 'suomifi',
    choiceOf: grantId => pages?.choiceOf(grantId),
  });
  pages = interactions(provider, services);
  const report = options.onProblem ?? (() => {});
  provider.on('server_error', (_ctx, error) => report(`identification: ${error.name}: ${error.message}`));
  provider.on('backchannel.error', (_ctx, _error, client) =>
    report(`identification: ${client.clientId} could not be told of a sign-out`),
  );
  const openId = provider.callback();

  const serve: Handle = async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', issuer);
    if (/^\/(local\/|mailbox|service\/ypa\/|oauth\/)/.test(pathname) && options.extraRoutes)
      return options.extraRoutes(request, response);
    if (pathname.startsWith('/assets/')) return answerAsset(response, pathname.slice('/assets/'.length));
    if (state && pathname.startsWith('/state-service/')) return state.handle(request, response);
    if (pathname.startsWith('/interaction/')) return pages.handle(request, response);
    await openId(request, response);
  };
  return listen((request, response) => byClock(options.now, () => serve(request, response)), { port });
};
