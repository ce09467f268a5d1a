import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { routes } from '../http/routes.ts';
import { catalogueInUse } from '../storage/catalogue-in-use.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { bucketObjects } from '../storage/objects.ts';
import { openings } from '../storage/openings.ts';
import { s3Client } from '../storage/s3-client.ts';
import { countOpening, listPopular } from './openings.ts';

const environment = configuration('CATALOGUE_TABLE', 'CONTENT_BUCKET', 'PORTAL_URL', 'ORIGIN_SECRET');
export type Environment = typeof environment;

const dependencies = {
  openings: openings({ client: documentClient(), table: environment.CATALOGUE_TABLE }),
  catalogue: catalogueInUse(bucketObjects(s3Client(), environment.CONTENT_BUCKET)),
};

export const handler = api(
  routes({
    'POST /api/services/{id}/openings': request => countOpening(request, dependencies),
    'GET /api/popular-services': request => listPopular(request, dependencies),
  }),
  { access: 'public', environment, bodyLimitBytes: 1_024 },
);
