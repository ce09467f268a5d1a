import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { S3Client } from '@aws-sdk/client-s3';
import { configuration } from '../configuration.ts';
import { bucketObjects } from '../storage/objects.ts';
import { keyValueStore } from '../storage/pointers.ts';
import {
  type PublishDependencies,
  type PublishRequest,
  type PublishSummary,
  publishCatalogue,
} from './publish.ts';

const environment = configuration('CONTENT_BUCKET', 'SITE_BUCKET', 'SITE_POINTERS', 'PORTAL_URL');
export type Environment = typeof environment;

const s3 = new S3Client({});
const dependencies: PublishDependencies = {
  content: bucketObjects(s3, environment.CONTENT_BUCKET),
  site: bucketObjects(s3, environment.SITE_BUCKET),
  pointers: keyValueStore(new CloudFrontKeyValueStoreClient({}), environment.SITE_POINTERS),
  portalUrl: environment.PORTAL_URL,
  now: Date.now,
};

/** Invoked with an import's key, or with nothing (after a deployment, after a form was published). */
export const handler = (event: PublishRequest | null): Promise<PublishSummary> => {
  const source = event?.source;
  const replace = event?.replace === true;
  return publishCatalogue(typeof source === 'string' ? { source, replace } : {}, dependencies);
};
