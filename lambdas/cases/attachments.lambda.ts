import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { accessLog } from '../storage/access-log.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { quarantine } from '../storage/quarantine.ts';
import { s3Client } from '../storage/s3-client.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { arrivals } from '../storage/upload-arrivals.ts';
import { invitations } from '../storage/upload-invitations.ts';
import { removals } from '../storage/upload-removals.ts';
import { serveCaseAttachments } from './attachments.ts';
import { caseFiles } from './wiring.ts';

const environment = configuration(
  'SESSIONS_TABLE',
  'CASES_TABLE',
  'ATTACHMENTS_TABLE',
  'DIGESTS_TABLE',
  'ACCESS_LOG_TABLE',
  'SEALING_KEY',
  'UPLOADS_BUCKET',
  'CASE_PREFIX',
  'PORTAL_URL',
  'ORIGIN_SECRET',
);
export type Environment = typeof environment;

const client = documentClient();
const s3 = s3Client();
const bucket = environment.UPLOADS_BUCKET;
const files = caseFiles(environment, client);

const serve = serveCaseAttachments({
  ...files,
  quarantine: quarantine(s3, bucket),
  uploads: { ...invitations(s3, bucket), ...arrivals(bucket, s3), ...removals(bucket, s3) },
  log: accessLog({ client, table: environment.ACCESS_LOG_TABLE, sealer: files.sealer }),
});

export const handler = api(serve, {
  access: 'registered',
  environment,
  sessions: dynamodbSessions(client, environment.SESSIONS_TABLE),
});
