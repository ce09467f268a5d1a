import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { routes } from '../http/routes.ts';
import { bucketObjects } from '../storage/objects.ts';
import { s3Client } from '../storage/s3-client.ts';
import { getService, listServices, type ServicesDependencies } from './services.ts';

const environment = configuration('CONTENT_BUCKET', 'PORTAL_URL', 'ORIGIN_SECRET');
export type Environment = typeof environment;

const dependencies: ServicesDependencies = {
  content: bucketObjects(s3Client(), environment.CONTENT_BUCKET),
};

export const handler = api(
  routes({
    'GET /api/services': () => listServices(dependencies),
    'GET /api/services/{id}': request => getService(request, dependencies),
  }),
  { access: 'public', environment },
);
