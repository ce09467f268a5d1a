import { configuration } from '../configuration.ts';
import { chain } from '../http/chain.ts';
import { personalTables, removing } from '../my-data/wiring.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { subjects } from '../storage/subjects.ts';
import { type GdprRequest, gdprAccess } from './access.ts';
import { removeByProfileSystem } from './remove.ts';

const environment = configuration(
  'IDENTITY_ISSUER',
  'GDPR_AUDIENCE',
  'SESSIONS_TABLE',
  ...personalTables,
  'UPLOADS_BUCKET',
  'PORTAL_URL',
  'ORIGIN_SECRET',
);
export type Environment = typeof environment;

const client = documentClient();
const { IDENTITY_ISSUER: issuer, GDPR_AUDIENCE: audience } = environment;

const dependencies = {
  ...removing(environment, client),
  subjects: subjects({ client, table: environment.PROFILES_TABLE }),
  issuer,
};

export const handler = chain<GdprRequest>(request => removeByProfileSystem(request, dependencies), {
  environment,
  admit: gdprAccess({ issuer, audience, scope: 'gdprdelete' }),
  // A system is no browser: it proves itself by its token, and no cookie could be abused.
  fromElsewhere: 'all',
});
