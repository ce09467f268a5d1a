import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { courses } from '../storage/courses.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { formsOnDemand } from '../storage/forms-on-demand.ts';
import { getPlaces } from './places.ts';

const environment = configuration('CASES_TABLE', 'CONTENT_BUCKET', 'PORTAL_URL', 'ORIGIN_SECRET');
export type Environment = typeof environment;

const dependencies = {
  forms: formsOnDemand(environment.CONTENT_BUCKET),
  courses: courses({ client: documentClient(), table: environment.CASES_TABLE }),
};

export const handler = api(request => getPlaces(request, dependencies), { access: 'public', environment });
