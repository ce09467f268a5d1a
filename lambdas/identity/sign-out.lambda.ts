import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { routes } from '../http/routes.ts';
import { dynamodbClientKeys } from '../storage/client-keys.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { dynamodbSignIns } from '../storage/sign-ins.ts';
import { knownKeys } from './key-periods.ts';
import { logoutTokenVerifier } from './logout-token.ts';
import { openidProvider } from './provider.ts';
import { backchannelLogout, frontchannelLogout, signOut } from './sign-out.ts';

const environment = configuration(
  'PORTAL_URL',
  'ORIGIN_SECRET',
  'IDENTITY_ISSUER',
  'IDENTITY_CLIENT_ID',
  'SESSIONS_TABLE',
  'SEALING_KEY',
);
export type Environment = typeof environment;

const { IDENTITY_ISSUER, IDENTITY_CLIENT_ID, SESSIONS_TABLE, PORTAL_URL } = environment;
const client = documentClient();
const provider = openidProvider(environment);
const clientKeys = dynamodbClientKeys(
  client,
  SESSIONS_TABLE,
  kmsSealer(kmsClient(), environment.SEALING_KEY),
);
const dependencies = {
  provider,
  sessions: dynamodbSessions(client, SESSIONS_TABLE),
  signIns: dynamodbSignIns(client, SESSIONS_TABLE),
  logoutTokens: logoutTokenVerifier(IDENTITY_ISSUER, IDENTITY_CLIENT_ID, provider.jwksUri, () =>
    knownKeys(clientKeys, 'enc', Date.now()),
  ),
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
