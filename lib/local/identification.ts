/** The state's identification page and the departments' token endpoint on the next port, with the portal's controls beside. */
import { callbackPath } from '../../lambdas/mandates/register.ts';
import { readStage } from '../stage.ts';
import type { Clock } from './clock.ts';
import { type Controls, serveControls } from './control-server.ts';
import { startIdentity } from './engines/identity.ts';
import { type MandatesEngine, mandatesEngine } from './engines/mandates.ts';
import type { Engine, Handle } from './engines/server.ts';
import { serveMailbox } from './mailbox.ts';
import { settingsOf } from './platform.ts';
import type { LocalStack } from './stack.ts';

export interface IdentificationOptions {
  readonly port: number;
  readonly portalUrl: string;
  readonly stack: LocalStack;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly controls: Omit<Controls, 'mandates'>;
  readonly logged: (line: string) => void;
}

/** Every department's client has it here; the contract names it. */
const departmentSecret = 'local-secret';

/** A name that only points to this machine must not let another site's pages read what is here. */
const isOurs = (host: string | undefined): boolean => /^(127\.0\.0\.1|localhost):\d+$/.test(host ?? '');

const routes = (controls: Omit<Controls, 'mandates'>, mandates: MandatesEngine): Handle => {
  const control = serveControls({ ...controls, mandates: mandates.change });
  const mailbox = serveMailbox(controls.mailbox);
  return (request, response) => {
    if (!isOurs(request.headers.host)) return void response.writeHead(403).end();
    if (request.url?.startsWith('/mailbox')) return mailbox(request, response);
    return request.url?.startsWith('/local/')
      ? control(request, response)
      : mandates.handle(request, response);
  };
};

const only = (stack: LocalStack, name: Parameters<typeof settingsOf>[1]): string =>
  settingsOf(stack, name)[0] ?? '';

/** The register of mandates, with what the stack gives its own side of the calls. */
const openMandates = ({ stack, portalUrl, clock }: IdentificationOptions): MandatesEngine =>
  mandatesEngine({
    clientId: only(stack, 'MANDATES_CLIENT_ID'),
    secret: only(stack, 'MANDATES_SECRET'),
    apiKey: only(stack, 'MANDATES_API_KEY'),
    redirectUri: portalUrl + callbackPath,
    service: { fi: 'Asiointi', sv: 'Asiointi', en: 'Asiointi' },
    now: clock.now,
  });

export const openIdentification = (options: IdentificationOptions): Promise<Engine> => {
  const { stack, controls } = options;
  const [portalClientId = 'asiointi'] = settingsOf(stack, 'IDENTITY_CLIENT_ID');
  const [portalSecret = ''] = settingsOf(stack, 'IDENTITY_CLIENT_SECRET');
  const { departmentClients: clients, identity } = readStage('local');
  return startIdentity({
    port: options.port,
    portalUrl: options.portalUrl,
    portalClientId,
    portalUsesKeys: identity.authentication === 'private_key_jwt',
    issued: identity.vocabulary,
    clients,
    secrets: {
      ...Object.fromEntries(clients.map(({ id }) => [id, departmentSecret])),
      [portalClientId]: portalSecret,
    },
    withStateService: true,
    dataDir: options.dataDir,
    now: options.clock.now,
    extraRoutes: routes(controls, openMandates(options)),
    onProblem: line => options.logged(JSON.stringify({ level: 'warning', message: line })),
  });
};
