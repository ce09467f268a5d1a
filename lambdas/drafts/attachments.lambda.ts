import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { attachments } from '../storage/attachments.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { s3Client } from '../storage/s3-client.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { invitations } from '../storage/upload-invitations.ts';
import { serveAttachments } from './attachments.ts';

const environment = configuration(
  'SESSIONS_TABLE',
  'DRAFTS_TABLE',
  'SEALING_KEY',
  'UPLOADS_BUCKET',
  'PORTAL_URL',
  'ORIGIN_SECRET',
);
export type Environment = typeof environment;

const client = documentClient();
const sealer = kmsSealer(kmsClient(), environment.SEALING_KEY);

const serve = serveAttachments({
  attachments: attachments({ client, table: environment.DRAFTS_TABLE, sealer }),
  uploads: invitations(s3Client(), environment.UPLOADS_BUCKET),
});

export const handler = api(serve, {
  access: 'registered',
  environment,
  sessions: dynamodbSessions(client, environment.SESSIONS_TABLE),
});
