import { Construct } from 'constructs';
import type { Environment } from '../../lambdas/mandates/mandates.lambda.ts';
import { ApiFunction } from '../api-function.ts';
import type { Ground } from '../ground.ts';

/** Acting for organisations (R3.1): the one function that speaks to the state's register of mandates. */
export class Mandates extends Construct {
  constructor(scope: Construct, id: string, ground: Ground) {
    super(scope, id);
    const { stage, keys, tables, secrets } = ground;

    const mandates = new ApiFunction<Environment>(this, 'Mandates', ground, {
      bundle: 'mandates-mandates',
      routes: [
        'GET /api/auth/mandate',
        'GET /api/auth/mandate/callback',
        'GET /api/mandate',
        'PUT /api/mandate',
        'POST /api/mandate/check',
      ],
      environment: {
        MANDATES_URL: stage.mandates.url,
        MANDATES_CLIENT_ID: stage.mandates.clientId,
        MANDATES_SECRET: secrets.mandates,
        MANDATES_API_KEY: secrets.mandatesApiKey,
        SESSIONS_TABLE: tables.sessions.name,
        PROFILES_TABLE: tables.profiles.name,
        ACCESS_LOG_TABLE: tables.accessLog.name,
        SEALING_KEY: keys.sealing.keyArn,
        IDENTITY_KEY: keys.identity.keyArn,
      },
    });
    // No session is deleted here, and no visit to the register is read but by taking it away.
    tables.sessions.grant(mandates, ['GetItem', 'PutItem', 'UpdateItem'], ['SESSION#*']);
    tables.sessions.grant(mandates, ['PutItem', 'DeleteItem'], ['MANDATE#*']);
    tables.grantListSession(mandates);
    tables.profiles.grant(mandates, ['GetItem', 'PutItem'], ['OWNER#*', 'IDENTITY#*']);
    // As at sign-in: a name that the state's registers have changed is written into the profile at once.
    keys.grantSeal(mandates);
    tables.grantLog(mandates);
    keys.grantIdentify(mandates);
  }
}
