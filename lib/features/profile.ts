import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Environment } from '../../lambdas/profile/profile.lambda.ts';
import type { Environment as WarnEnvironment } from '../../lambdas/profile/warn.lambda.ts';
import { ApiFunction } from '../api-function.ts';
import type { Ground } from '../ground.ts';
import type { Notifications } from '../notifications.ts';
import { PortalFunction } from '../portal-function.ts';
import { every, ScheduledRun } from '../scheduled-run.ts';

type ProfileGround = Ground & { readonly notifications: Notifications };

/** Registration and own details (R4). */
export class Profile extends Construct {
  constructor(scope: Construct, id: string, ground: ProfileGround) {
    super(scope, id);
    const { keys, tables, notifications } = ground;

    const profile = new ApiFunction<Environment>(this, 'Profile', ground, {
      bundle: 'profile-profile',
      routes: [
        'GET /api/profile',
        'PUT /api/profile',
        'POST /api/profile/codes',
        'POST /api/profile/confirmations',
      ],
      environment: {
        SESSIONS_TABLE: tables.sessions.name,
        PROFILES_TABLE: tables.profiles.name,
        ACCESS_LOG_TABLE: tables.accessLog.name,
        SEALING_KEY: keys.sealing.keyArn,
        EMAIL_FROM: notifications.environment.EMAIL_FROM,
        SMS_SENDER_ID: notifications.environment.SMS_SENDER_ID,
        CITY: notifications.environment.CITY,
      },
    });
    tables.grantSession(profile);
    tables.grantListSession(profile);
    // Codes that confirm an address lie beside the sessions: as short-lived, and never backed up.
    tables.sessions.grant(profile, ['PutItem', 'UpdateItem'], ['CODE#*']);
    tables.sessions.grant(profile, ['UpdateItem'], ['CODES-SENT#*']);
    tables.grantLog(profile);
    tables.profiles.grant(profile, ['GetItem', 'PutItem'], ['OWNER#*', 'IDENTITY#*', 'SUBJECT#*']);
    tables.profiles.grant(profile, ['ConditionCheckItem'], ['OWNER#*']);
    tables.profiles.grant(profile, ['PutItem', 'DeleteItem'], ['WARNINGS']);
    keys.grantSeal(profile);
    notifications.grantSend(profile);
    this.warnOldAddresses(ground);
  }

  /** That an address is used no more reaches it, if not at once then later. */
  private warnOldAddresses({ keys, tables, notifications }: ProfileGround): void {
    const warn = new PortalFunction<WarnEnvironment>(this, 'Warn', {
      bundle: 'profile-warn',
      environment: {
        PROFILES_TABLE: tables.profiles.name,
        SEALING_KEY: keys.sealing.keyArn,
        ...notifications.environment,
      },
      keys,
      timeoutSeconds: 300,
      memoryMegabytes: 256,
    });
    tables.profiles.grant(warn, ['Query', 'UpdateItem', 'DeleteItem'], ['WARNINGS']);
    keys.grantOpen(warn);
    notifications.grantSend(warn);
    new ScheduledRun(this, 'WarnSchedule', { ...every(Duration.minutes(10)), target: warn });
  }
}
