import { Construct } from 'constructs';
import type { Environment as QueryEnvironment } from '../../lambdas/gdpr/query.lambda.ts';
import type { Environment as RemoveEnvironment } from '../../lambdas/gdpr/remove.lambda.ts';
import { ApiFunction } from '../api-function.ts';
import type { Ground } from '../ground.ts';
import { grantCollecting, grantErasure, personTables, wholeFolderSeconds } from './my-data.ts';

/**
 * The same for the city's profile system, which asks in the name of somebody signed in to it: the city's GDPR API contract.
 * Only where the stage has agreed an audience with it (`identity.gdprAudience`).
 */
export class Gdpr extends Construct {
  constructor(scope: Construct, id: string, ground: Ground) {
    super(scope, id);
    const { stage, keys, tables, buckets } = ground;
    const { issuer, gdprAudience } = stage.identity;
    if (gdprAudience === undefined) return;
    const access = { IDENTITY_ISSUER: issuer, GDPR_AUDIENCE: gdprAudience };

    const query = new ApiFunction<QueryEnvironment>(this, 'Query', ground, {
      bundle: 'gdpr-query',
      routes: ['GET /gdpr-api/v1/profiles/{id}'],
      environment: {
        ...access,
        ...personTables(ground),
        ACCESS_LOG_TABLE: tables.accessLog.name,
        SEALING_KEY: keys.sealing.keyArn,
      },
      timeoutSeconds: wholeFolderSeconds,
    });
    tables.profiles.grant(query, ['GetItem'], ['SUBJECT#*']);
    grantCollecting(ground, query);
    // That everything was read is written down like any other reading.
    tables.grantLog(query);
    keys.grantSeal(query);

    const remove = new ApiFunction<RemoveEnvironment>(this, 'Remove', ground, {
      bundle: 'gdpr-remove',
      routes: ['DELETE /gdpr-api/v1/profiles/{id}'],
      environment: {
        ...access,
        ...personTables(ground),
        SESSIONS_TABLE: tables.sessions.name,
        UPLOADS_BUCKET: buckets.uploads.name,
      },
      timeoutSeconds: wholeFolderSeconds,
    });
    tables.profiles.grant(remove, ['GetItem'], ['SUBJECT#*']);
    grantErasure(ground, remove);
  }
}
