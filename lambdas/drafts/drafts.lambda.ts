import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { attachments } from '../storage/attachments.ts';
import { draftKeys } from '../storage/draft-keys.ts';
import { drafts } from '../storage/drafts.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { serveDrafts } from './drafts.ts';
import { formFacts } from './form-facts.ts';

const environment = configuration(
  'SESSIONS_TABLE',
  'DRAFTS_TABLE',
  'SEALING_KEY',
  'ATTACHMENTS_TABLE',
  'PORTAL_URL',
  'ORIGIN_SECRET',
);
export type Environment = typeof environment;

const client = documentClient();
const sealer = kmsSealer(kmsClient(), environment.SEALING_KEY);

const ground = { client, table: environment.DRAFTS_TABLE, sealer };

const serve = serveDrafts({
  drafts: drafts(ground),
  keys: draftKeys(ground),
  attachments: attachments({ client, table: environment.ATTACHMENTS_TABLE, sealer }),
  facts: formFacts(environment.PORTAL_URL),
});

export const handler = api(serve, {
  access: 'registered',
  environment,
  sessions: dynamodbSessions(client, environment.SESSIONS_TABLE),
});
