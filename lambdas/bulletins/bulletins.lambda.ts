import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { bulletins } from '../storage/bulletins.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { listBulletins } from './bulletins.ts';

const environment = configuration('CATALOGUE_TABLE', 'PORTAL_URL', 'ORIGIN_SECRET');
export type Environment = typeof environment;

const dependencies = {
  bulletins: bulletins({ client: documentClient(), table: environment.CATALOGUE_TABLE }),
};

export const handler = api(request => listBulletins(request, dependencies), {
  access: 'public',
  environment,
});
