import { configuration } from '../configuration.ts';
import { chain } from '../http/chain.ts';
import { collecting, personalTables } from '../my-data/wiring.ts';
import { accessLog } from '../storage/access-log.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { subjects } from '../storage/subjects.ts';
import { type GdprRequest, gdprAccess } from './access.ts';
import { queryProfile } from './query.ts';

const environment = configuration(
  'IDENTITY_ISSUER',
  'GDPR_AUDIENCE',
  ...personalTables,
  'ACCESS_LOG_TABLE',
  'SEALING_KEY',
  'PORTAL_URL',
  'ORIGIN_SECRET',
);
export type Environment = typeof environment;

const client = documentClient();
const { IDENTITY_ISSUER: issuer, GDPR_AUDIENCE: audience } = environment;

const sealer = kmsSealer(kmsClient(), environment.SEALING_KEY);
const dependencies = {
  ...collecting(environment, client, sealer),
  log: accessLog({ client, table: environment.ACCESS_LOG_TABLE, sealer }),
  subjects: subjects({ client, table: environment.PROFILES_TABLE }),
  issuer,
};

export const handler = chain<GdprRequest>(request => queryProfile(request, dependencies), {
  environment,
  admit: gdprAccess({ issuer, audience, scope: 'gdprquery' }),
});
