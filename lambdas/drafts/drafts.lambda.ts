import { KMSClient } from '@aws-sdk/client-kms';
import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { attachments } from '../storage/attachments.ts';
import { drafts } from '../storage/drafts.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { serveDrafts } from './drafts.ts';
import { formFacts } from './form-facts.ts';

const environment = configuration(
  'SESSIONS_TABLE',
  'DRAFTS_TABLE',
  'SEALING_KEY',
  'PORTAL_URL',
  'ORIGIN_SECRET',
);
export type Environment = typeof environment;

const client = documentClient();
const sealer = kmsSealer(new KMSClient({}), environment.SEALING_KEY);

const serve = serveDrafts({
  drafts: drafts({ client, table: environment.DRAFTS_TABLE, sealer }),
  attachments: attachments({ client, table: environment.DRAFTS_TABLE, sealer }),
  facts: formFacts(environment.PORTAL_URL),
});

export const handler = api(serve, {
  access: 'registered',
  environment,
  sessions: dynamodbSessions(client, environment.SESSIONS_TABLE),
});
