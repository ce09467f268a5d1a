import { Duration, TimeZone } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Environment as AttachmentsEnvironment } from '../../lambdas/drafts/attachments.lambda.ts';
import type { Environment as DraftsEnvironment } from '../../lambdas/drafts/drafts.lambda.ts';
import type { Environment as WarnEnvironment } from '../../lambdas/drafts/warn.lambda.ts';
import { ApiFunction } from '../api-function.ts';
import type { Ground } from '../ground.ts';
import type { Notifications } from '../notifications.ts';
import { PortalFunction } from '../portal-function.ts';
import { ScheduledRun } from '../scheduled-run.ts';
import { reading, writing } from '../table.ts';
import { byExpiry } from '../tables.ts';

/** Forms begun and not yet sent (R6.3), and the files that go with them (R6.6). */
export class Drafts extends Construct {
  constructor(scope: Construct, id: string, ground: Ground & { readonly notifications: Notifications }) {
    super(scope, id);
    const { keys, tables, buckets } = ground;

    const drafts = new ApiFunction<DraftsEnvironment>(this, 'Drafts', ground, {
      bundle: 'drafts-drafts',
      routes: [
        'GET /api/drafts',
        'GET /api/drafts/key',
        'GET /api/drafts/{id}',
        'PUT /api/drafts/{id}',
        'DELETE /api/drafts/{id}',
      ],
      environment: {
        SESSIONS_TABLE: tables.sessions.name,
        DRAFTS_TABLE: tables.drafts.name,
        ATTACHMENTS_TABLE: tables.attachments.name,
        SEALING_KEY: keys.sealing.keyArn,
      },
    });
    tables.grantSession(drafts);
    tables.drafts.grant(drafts, [...reading, ...writing]);
    tables.attachments.grant(drafts, ['Query', 'UpdateItem'], ['OWNER#*']);
    keys.grantSeal(drafts);

    const attachments = new ApiFunction<AttachmentsEnvironment>(this, 'Attachments', ground, {
      bundle: 'drafts-attachments',
      routes: [
        'GET /api/drafts/{id}/attachments',
        'POST /api/drafts/{id}/attachments',
        'DELETE /api/drafts/{id}/attachments/{attachment}',
      ],
      environment: {
        SESSIONS_TABLE: tables.sessions.name,
        DRAFTS_TABLE: tables.drafts.name,
        ATTACHMENTS_TABLE: tables.attachments.name,
        SEALING_KEY: keys.sealing.keyArn,
        CONTENT_BUCKET: buckets.content.name,
        UPLOADS_BUCKET: buckets.uploads.name,
      },
    });
    tables.grantSession(attachments);
    tables.drafts.grant(attachments, ['GetItem', 'ConditionCheckItem'], ['OWNER#*']);
    tables.attachments.grant(attachments, ['Query', 'PutItem', 'UpdateItem'], ['OWNER#*']);
    keys.grantSeal(attachments);
    buckets.content.grantGet(attachments, 'forms/*');
    buckets.content.grantList(attachments);
    buckets.uploads.grantPut(attachments, 'quarantine/*');
    buckets.uploads.grantDelete(attachments, 'quarantine/*', 'clean/*');
    this.warnOfExpiry(ground);
  }

  /** Nobody's draft goes without a word. */
  private warnOfExpiry({
    stage,
    keys,
    tables,
    notifications,
  }: Ground & { readonly notifications: Notifications }): void {
    const warn = new PortalFunction<WarnEnvironment>(this, 'Warn', {
      bundle: 'drafts-warn',
      environment: {
        DRAFTS_TABLE: tables.drafts.name,
        PROFILES_TABLE: tables.profiles.name,
        SEALING_KEY: keys.sealing.keyArn,
        ...notifications.environment,
      },
      keys,
      timeoutSeconds: 900,
      memoryMegabytes: 256,
    });
    tables.drafts.grantQueryIndex(warn, byExpiry);
    tables.drafts.grant(warn, ['PutItem', 'DeleteItem'], ['OWNER#*']);
    tables.profiles.grant(warn, ['GetItem'], ['OWNER#*']);
    keys.grantOpen(warn);
    notifications.grantSend(warn);
    // Within the hours of messages (R9.2). What a run leaves, the next six find.
    new ScheduledRun(this, 'WarnSchedule', {
      schedule: ScheduleExpression.cron({
        minute: '20',
        hour: '10',
        timeZone: TimeZone.of(stage.city.timeZone),
      }),
      target: warn,
      maxEventAge: Duration.hours(4),
      retryAttempts: 5,
    });
  }
}
