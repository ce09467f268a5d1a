import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import type { CitizenRequest } from '../http/request.ts';
import { routes } from '../http/routes.ts';
import { openingFolders } from '../identity/wiring.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { dynamodbMandates } from '../storage/mandates.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { chooseMandate, takeMandate } from './choosing.ts';
import { checkMandate, showMandates, switchMandate } from './mandates.ts';
import { eAuthorizations } from './register.ts';

const environment = configuration(
  'PORTAL_URL',
  'ORIGIN_SECRET',
  'MANDATES_URL',
  'MANDATES_CLIENT_ID',
  'MANDATES_SECRET',
  'MANDATES_API_KEY',
  'SESSIONS_TABLE',
  'PROFILES_TABLE',
  'ACCESS_LOG_TABLE',
  'SEALING_KEY',
  'IDENTITY_KEY',
);
export type Environment = typeof environment;

const client = documentClient();
const sessions = dynamodbSessions(client, environment.SESSIONS_TABLE);
const dependencies = {
  ...openingFolders(environment, client),
  sessions,
  register: eAuthorizations(environment),
  mandates: dynamodbMandates(client, environment.SESSIONS_TABLE),
};

/** Browsers on their way: who is not signed in is led, not refused. */
const onTheWay = api(
  routes({
    'GET /api/auth/mandate': request => chooseMandate(request, dependencies),
    'GET /api/auth/mandate/callback': request => takeMandate(request, dependencies),
  }),
  { access: 'public', environment },
);

const own = api(
  routes<CitizenRequest>({
    'GET /api/mandate': request => showMandates(request, dependencies),
    'PUT /api/mandate': request => switchMandate(request, dependencies),
    'POST /api/mandate/check': request => checkMandate(request, dependencies),
  }),
  { access: 'session', environment, sessions, confirmMandate: 'never' },
);

export const handler: typeof own = (event, context) =>
  (event.routeKey.startsWith('GET /api/auth/') ? onTheWay : own)(event, context);
