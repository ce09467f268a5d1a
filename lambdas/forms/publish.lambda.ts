import { configuration } from '../configuration.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { forms } from '../storage/forms.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { liveDrafts } from '../storage/live-drafts.ts';
import { s3Client } from '../storage/s3-client.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { type PublishAnswer, type PublishRequest, publishForm } from './publish.ts';

const environment = configuration('CONTENT_BUCKET', 'DRAFTS_TABLE', 'SEALING_KEY');
export type Environment = typeof environment;

const dependencies = {
  forms: forms(s3Client(), environment.CONTENT_BUCKET),
  drafts: liveDrafts({
    client: documentClient(),
    table: environment.DRAFTS_TABLE,
    sealer: kmsSealer(kmsClient(), environment.SEALING_KEY),
  }),
  now: Date.now,
};

/** Invoked by the city's own tools, never by HTTP. What it answers holds counts, nothing of anybody. */
export const handler = (request: PublishRequest): Promise<PublishAnswer> =>
  publishForm(request, dependencies);
