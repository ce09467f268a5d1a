import { KMSClient } from '@aws-sdk/client-kms';
import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { attachments } from '../storage/attachments.ts';
import { drafts } from '../storage/drafts.ts';
import { documentClient } from '../storage/dynamodb.ts';
import type { Forms } from '../storage/forms.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { type FormFacts, serveDrafts } from './drafts.ts';

const environment = configuration(
  'SESSIONS_TABLE',
  'DRAFTS_TABLE',
  'SEALING_KEY',
  'CONTENT_BUCKET',
  'PORTAL_URL',
  'ORIGIN_SECRET',
);
export type Environment = typeof environment;

const client = documentClient();
const sealer = kmsSealer(new KMSClient({}), environment.SEALING_KEY);

let forms: Forms | undefined;

/** S3 is loaded when a draft is begun: every later saving, and the list, start without it. */
const facts = async (form: string, version: string): Promise<FormFacts> => {
  if (!forms) {
    const [{ S3Client }, storage] = await Promise.all([
      import('@aws-sdk/client-s3'),
      import('../storage/forms.ts'),
    ]);
    forms = storage.forms(new S3Client({}), environment.CONTENT_BUCKET);
  }
  const { service, settings } = await forms.get(form, version);
  return { service, stored: settings.stored };
};

const serve = serveDrafts({
  drafts: drafts({ client, table: environment.DRAFTS_TABLE, sealer }),
  attachments: attachments({ client, table: environment.DRAFTS_TABLE, sealer }),
  facts,
});

export const handler = api(serve, {
  access: 'registered',
  environment,
  sessions: dynamodbSessions(client, environment.SESSIONS_TABLE),
});
