import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { routes } from '../http/routes.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { keepSession, showSession } from './session.ts';

const environment = configuration('PORTAL_URL', 'ORIGIN_SECRET', 'SESSIONS_TABLE');
export type Environment = typeof environment;

const dependencies = { sessions: dynamodbSessions(documentClient(), environment.SESSIONS_TABLE) };

export const handler = api(
  routes({
    'GET /api/session': request => showSession(request, dependencies),
    'POST /api/session': request => keepSession(request, dependencies),
  }),
  { access: 'public', environment },
);
