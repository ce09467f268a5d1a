import { Construct } from 'constructs';
import type { Environment } from '../../lambdas/profile/profile.lambda.ts';
import { ApiFunction } from '../api-function.ts';
import type { Ground } from '../ground.ts';

/** Registration and own details (R4). */
export class Profile extends Construct {
  constructor(scope: Construct, id: string, ground: Ground) {
    super(scope, id);
    const { keys, tables } = ground;

    const profile = new ApiFunction<Environment>(this, 'Profile', ground, {
      bundle: 'profile-profile',
      routes: ['GET /api/profile', 'PUT /api/profile'],
      environment: {
        SESSIONS_TABLE: tables.sessions.name,
        PROFILES_TABLE: tables.profiles.name,
        SEALING_KEY: keys.sealing.keyArn,
      },
    });
    tables.grantSession(profile);
    tables.profiles.grant(profile, ['GetItem', 'PutItem'], ['OWNER#*', 'IDENTITY#*']);
    keys.grantSeal(profile);
  }
}
