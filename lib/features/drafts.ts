import { Stack, Validations } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Environment as AttachmentsEnvironment } from '../../lambdas/drafts/attachments.lambda.ts';
import type { Environment as DraftsEnvironment } from '../../lambdas/drafts/drafts.lambda.ts';
import type { Environment as WarnEnvironment } from '../../lambdas/drafts/warn.lambda.ts';
import type { City } from '../../lambdas/notifications/digest.ts';
import { ApiFunction } from '../api-function.ts';
import { DraftWarningSchedule } from '../draft-warning-schedule.ts';
import type { Ground } from '../ground.ts';
import type { Mail } from '../mail.ts';
import { PortalFunction } from '../portal-function.ts';
import { reading, writing } from '../table.ts';
import { byExpiry } from '../tables.ts';

/** Forms begun and not yet sent (R6.3), and the files that go with them (R6.6). */
export class Drafts extends Construct {
  constructor(scope: Construct, id: string, ground: Ground & { readonly mail: Mail }) {
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
  private warnOfExpiry({ stage, keys, tables, mail }: Ground & { readonly mail: Mail }): void {
    const warn = new PortalFunction<WarnEnvironment>(this, 'Warn', {
      bundle: 'drafts-warn',
      environment: {
        DRAFTS_TABLE: tables.drafts.name,
        PROFILES_TABLE: tables.profiles.name,
        SEALING_KEY: keys.sealing.keyArn,
        EMAIL_FROM: stage.emailFrom,
        SMS_SENDER_ID: stage.city.smsSenderId,
        CITY: JSON.stringify({ name: stage.city.name, helpline: stage.city.helpline } satisfies City),
        PORTAL_URL: stage.portalUrl,
      },
      keys,
      timeoutSeconds: 900,
      memoryMegabytes: 256,
    });
    tables.drafts.grantQueryIndex(warn, byExpiry);
    tables.drafts.grant(warn, ['PutItem', 'DeleteItem'], ['OWNER#*']);
    tables.profiles.grant(warn, ['GetItem'], ['OWNER#*']);
    keys.grantOpen(warn);
    mail.grantSend(warn);
    this.grantTextMessages(warn);
    new DraftWarningSchedule(this, 'WarnSchedule', { timeZone: stage.city.timeZone, warn });
  }

  /** A text message has no resource to name: everything is allowed and every topic is denied. */
  private grantTextMessages(sender: PortalFunction): void {
    const topics = Stack.of(this).formatArn({ service: 'sns', region: '*', account: '*', resource: '*' });
    sender.allow(new PolicyStatement({ actions: ['sns:Publish'], resources: ['*'] }));
    sender.allow(new PolicyStatement({ effect: Effect.DENY, actions: ['sns:Publish'], resources: [topics] }));
    Validations.of(sender).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'SNS knows no resource for a phone number; publishing to topics is denied beside it.',
    });
  }
}
