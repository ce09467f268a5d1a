import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { replyDrafts } from '../storage/reply-drafts.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { arrivalsOnDemand, removalsFromQuarantineOnDemand } from '../storage/uploads-on-demand.ts';
import { serveReplies } from './reply.ts';
import { caseFiles } from './wiring.ts';

const environment = configuration(
  'SESSIONS_TABLE',
  'CASES_TABLE',
  'ATTACHMENTS_TABLE',
  'DIGESTS_TABLE',
  'SEALING_KEY',
  'UPLOADS_BUCKET',
  'CASE_PREFIX',
  'PORTAL_URL',
  'ORIGIN_SECRET',
);
export type Environment = typeof environment;

const client = documentClient();
const bucket = environment.UPLOADS_BUCKET;
const files = caseFiles(environment, client);

const serve = serveReplies({
  ...files,
  drafts: replyDrafts({ client, table: environment.CASES_TABLE, sealer: files.sealer }),
  quarantine: removalsFromQuarantineOnDemand(bucket),
  uploads: arrivalsOnDemand(bucket),
});

export const handler = api(serve, {
  access: 'registered',
  environment,
  sessions: dynamodbSessions(client, environment.SESSIONS_TABLE),
});
