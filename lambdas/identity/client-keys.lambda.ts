import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { dynamodbClientKeys } from '../storage/client-keys.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { showClientKeys } from './client-keys.ts';

const environment = configuration('PORTAL_URL', 'ORIGIN_SECRET', 'SESSIONS_TABLE', 'SEALING_KEY');
export type Environment = typeof environment;

const keys = dynamodbClientKeys(
  documentClient(),
  environment.SESSIONS_TABLE,
  kmsSealer(kmsClient(), environment.SEALING_KEY),
);

export const handler = api(request => showClientKeys(request, keys), { access: 'public', environment });
