/** The state's identification page and the departments' token endpoint on the next port, with the portal's controls beside. */
import { readStage } from '../stage.ts';
import type { Clock } from './clock.ts';
import { type Controls, serveControls } from './control-server.ts';
import { startIdentity } from './engines/identity.ts';
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
  readonly controls: Controls;
  readonly logged: (line: string) => void;
}

/** Every department's client has it here; the contract names it. */
const departmentSecret = 'local-secret';

/** A name that only points to this machine must not let another site's pages read what is here. */
const isOurs = (host: string | undefined): boolean => /^(127\.0\.0\.1|localhost):\d+$/.test(host ?? '');

const routes = (controls: Controls): Handle => {
  const control = serveControls(controls);
  const mailbox = serveMailbox(controls.mailbox);
  return (request, response) => {
    if (!isOurs(request.headers.host)) return void response.writeHead(403).end();
    return request.url?.startsWith('/mailbox') ? mailbox(request, response) : control(request, response);
  };
};

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
    extraRoutes: routes(controls),
    onProblem: line => options.logged(JSON.stringify({ level: 'warning', message: line })),
  });
};
