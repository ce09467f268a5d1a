import { configuration } from '../configuration.ts';
import { forms } from '../storage/forms.ts';
import { s3Client } from '../storage/s3-client.ts';
import { type PublishAnswer, type PublishRequest, publishForm } from './publish.ts';

const environment = configuration('CONTENT_BUCKET');
export type Environment = typeof environment;

const dependencies = { forms: forms(s3Client(), environment.CONTENT_BUCKET) };

/** Invoked by the city's own tools, never by HTTP. */
export const handler = (request: PublishRequest): Promise<PublishAnswer> =>
  publishForm(request, dependencies);
