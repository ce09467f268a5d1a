import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import type { CitizenRequest } from '../http/request.ts';
import { routes } from '../http/routes.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { dynamodbProfiles } from '../storage/profiles.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { saveProfile, showProfile } from './profile.ts';

const environment = configuration(
  'PORTAL_URL',
  'ORIGIN_SECRET',
  'SESSIONS_TABLE',
  'PROFILES_TABLE',
  'SEALING_KEY',
);
export type Environment = typeof environment;

const client = documentClient();
const sessions = dynamodbSessions(client, environment.SESSIONS_TABLE);
const sealer = kmsSealer(kmsClient(), environment.SEALING_KEY);
const profiles = dynamodbProfiles(client, environment.PROFILES_TABLE, sealer);
const dependencies = { profiles, sessions };

export const handler = api(
  routes<CitizenRequest>({
    'GET /api/profile': request => showProfile(request, dependencies),
    'PUT /api/profile': request => saveProfile(request, dependencies),
  }),
  { access: 'session', environment, sessions },
);
