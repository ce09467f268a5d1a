import { Construct } from 'constructs';
import type { Environment as ClientKeysEnvironment } from '../../lambdas/identity/client-keys.lambda.ts';
import type { Environment as SessionEnvironment } from '../../lambdas/identity/session.lambda.ts';
import type { Environment as SignInEnvironment } from '../../lambdas/identity/sign-in.lambda.ts';
import type { Environment as SignOutEnvironment } from '../../lambdas/identity/sign-out.lambda.ts';
import { ApiFunction } from '../api-function.ts';
import type { Ground } from '../ground.ts';
import { reading, writing } from '../table.ts';

/** Signing in and out (R3). */
export class Identity extends Construct {
  constructor(scope: Construct, id: string, ground: Ground) {
    super(scope, id);
    const { stage, keys, tables, secrets } = ground;
    const { issuer, clientId, authentication, levels, vocabulary, gdprAudience } = stage.identity;
    const provider = { IDENTITY_ISSUER: issuer, IDENTITY_CLIENT_ID: clientId };

    const signIn = new ApiFunction<SignInEnvironment>(this, 'SignIn', ground, {
      bundle: 'identity-sign-in',
      routes: ['GET /api/auth/sign-in', 'GET /api/auth/callback'],
      environment: {
        ...provider,
        IDENTITY_CLIENT_SECRET: secrets.identityClient,
        IDENTITY_AUTHENTICATION: authentication,
        IDENTITY_LEVELS: levels.join(' '),
        IDENTITY_VOCABULARY: vocabulary,
        LASTING_SUBJECTS: gdprAudience ? 'yes' : 'no',
        SESSIONS_TABLE: tables.sessions.name,
        PROFILES_TABLE: tables.profiles.name,
        ACCESS_LOG_TABLE: tables.accessLog.name,
        SEALING_KEY: keys.sealing.keyArn,
        IDENTITY_KEY: keys.identity.keyArn,
      },
    });
    tables.sessions.grant(signIn, [...reading, ...writing]);
    tables.profiles.grant(signIn, ['GetItem', 'PutItem'], ['OWNER#*', 'IDENTITY#*', 'SUBJECT#*']);
    tables.profiles.grant(signIn, ['ConditionCheckItem'], ['OWNER#*']);
    // To seal as well: a name that the population register has changed is written into the profile at once.
    keys.grantSeal(signIn);
    tables.grantLog(signIn);
    keys.grantIdentify(signIn);

    const clientKeys = new ApiFunction<ClientKeysEnvironment>(this, 'ClientKeys', ground, {
      bundle: 'identity-client-keys',
      routes: ['GET /api/auth/jwks.json'],
      environment: { SESSIONS_TABLE: tables.sessions.name, SEALING_KEY: keys.sealing.keyArn },
    });
    tables.sessions.grant(clientKeys, ['GetItem', 'PutItem'], ['CLIENT-KEY#*']);
    keys.grantSeal(clientKeys);

    const signOut = new ApiFunction<SignOutEnvironment>(this, 'SignOut', ground, {
      bundle: 'identity-sign-out',
      routes: [
        'POST /api/auth/sign-out',
        'POST /api/auth/backchannel-logout',
        'GET /api/auth/frontchannel-logout',
      ],
      environment: {
        ...provider,
        SESSIONS_TABLE: tables.sessions.name,
        SEALING_KEY: keys.sealing.keyArn,
      },
    });
    tables.sessions.grant(signOut, [...reading, ...writing]);
    // What the provider encrypts to the portal's own keys.
    keys.grantOpen(signOut);

    const session = new ApiFunction<SessionEnvironment>(this, 'Session', ground, {
      bundle: 'identity-session',
      routes: ['GET /api/session', 'POST /api/session'],
      environment: { SESSIONS_TABLE: tables.sessions.name },
    });
    tables.grantSession(session);
  }
}
