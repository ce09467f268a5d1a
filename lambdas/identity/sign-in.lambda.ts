import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { routes } from '../http/routes.ts';
import { dynamodbClientKeys } from '../storage/client-keys.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { dynamodbSignIns } from '../storage/sign-ins.ts';
import { subjects } from '../storage/subjects.ts';
import { credentialsOf } from './credentials.ts';
import { openidProvider } from './provider.ts';
import { finishSignIn, startSignIn } from './sign-in.ts';
import { vocabularyOf } from './vocabulary.ts';
import { openingFolders } from './wiring.ts';

const environment = configuration(
  'PORTAL_URL',
  'ORIGIN_SECRET',
  'IDENTITY_ISSUER',
  'IDENTITY_CLIENT_ID',
  'IDENTITY_CLIENT_SECRET',
  'IDENTITY_AUTHENTICATION',
  'IDENTITY_LEVELS',
  'IDENTITY_VOCABULARY',
  'LASTING_SUBJECTS',
  'SESSIONS_TABLE',
  'PROFILES_TABLE',
  'ACCESS_LOG_TABLE',
  'SEALING_KEY',
  'IDENTITY_KEY',
);
export type Environment = typeof environment;

const client = documentClient();
const { sealer, ...folders } = openingFolders(environment, client);
const levels = environment.IDENTITY_LEVELS.split(' ');
const credentials = credentialsOf(
  environment,
  dynamodbClientKeys(client, environment.SESSIONS_TABLE, sealer),
  Date.now,
);
const dependencies = {
  ...folders,
  provider: openidProvider(environment, { credentials, levels }),
  reading: {
    issuer: environment.IDENTITY_ISSUER,
    vocabulary: vocabularyOf(environment.IDENTITY_VOCABULARY),
    levels,
  },
  signIns: dynamodbSignIns(client, environment.SESSIONS_TABLE),
  sessions: dynamodbSessions(client, environment.SESSIONS_TABLE, environment.PROFILES_TABLE),
  ...(environment.LASTING_SUBJECTS === 'yes' && {
    subjects: subjects({ client, table: environment.PROFILES_TABLE }),
  }),
  portalUrl: environment.PORTAL_URL,
};

export const handler = api(
  routes({
    'GET /api/auth/sign-in': request => startSignIn(request, dependencies),
    'GET /api/auth/callback': request => finishSignIn(request, dependencies),
  }),
  { access: 'public', environment },
);
