import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { routes } from '../http/routes.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { dynamodbSignIns } from '../storage/sign-ins.ts';
import { logoutTokenVerifier } from './logout-token.ts';
import { openidProvider } from './provider.ts';
import { backchannelLogout, frontchannelLogout, signOut } from './sign-out.ts';

const environment = configuration(
  'PORTAL_URL',
  'ORIGIN_SECRET',
  'IDENTITY_ISSUER',
  'IDENTITY_CLIENT_ID',
  'SESSIONS_TABLE',
);
export type Environment = typeof environment;

const { IDENTITY_ISSUER, IDENTITY_CLIENT_ID, SESSIONS_TABLE, PORTAL_URL } = environment;
const client = documentClient();
const provider = openidProvider(environment);
const dependencies = {
  provider,
  sessions: dynamodbSessions(client, SESSIONS_TABLE),
  signIns: dynamodbSignIns(client, SESSIONS_TABLE),
  logoutTokens: logoutTokenVerifier(IDENTITY_ISSUER, IDENTITY_CLIENT_ID, provider.jwksUri),
  portalUrl: PORTAL_URL,
};

export const handler = api(
  routes({
    'POST /api/auth/sign-out': request => signOut(request, dependencies),
    'POST /api/auth/backchannel-logout': request => backchannelLogout(request, dependencies),
    'GET /api/auth/frontchannel-logout': request => frontchannelLogout(request, dependencies),
  }),
  {
    access: 'public',
    environment,
    fromElsewhere: ['POST /api/auth/backchannel-logout'],
    bodyAsText: ['POST /api/auth/backchannel-logout'],
  },
);
