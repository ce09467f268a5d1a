import { Stack, Validations } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Environment as PlanEnvironment } from '../../lambdas/digests/plan.lambda.ts';
import type { Environment as SendEnvironment } from '../../lambdas/digests/send.lambda.ts';
import type { City } from '../../lambdas/notifications/digest.ts';
import { DigestQueue } from '../digest-queue.ts';
import { DigestSchedule } from '../digest-schedule.ts';
import type { Ground } from '../ground.ts';
import type { Mail } from '../mail.ts';
import { PortalFunction } from '../portal-function.ts';

const sendSeconds = 300;

import { reading, writing } from '../table.ts';

/** Telling people that something in their matters has changed (R9). */
export class Digests extends Construct {
  readonly queue: DigestQueue;
  readonly schedule: DigestSchedule;

  constructor(scope: Construct, id: string, ground: Ground & { readonly mail: Mail }) {
    super(scope, id);
    const { stage, keys, tables, mail } = ground;
    this.queue = new DigestQueue(this, 'Queue', { consumerSeconds: sendSeconds });

    const plan = new PortalFunction<PlanEnvironment>(this, 'Plan', {
      bundle: 'digests-plan',
      environment: { DIGEST_QUEUE_URL: this.queue.url },
      keys,
      timeoutSeconds: 30,
      memoryMegabytes: 256,
    });
    this.queue.grantSend(plan);
    this.schedule = new DigestSchedule(this, 'Schedule', { stage, target: plan });

    const send = new PortalFunction<SendEnvironment>(this, 'Send', {
      bundle: 'digests-send',
      environment: {
        DIGESTS_TABLE: tables.digests.name,
        PROFILES_TABLE: tables.profiles.name,
        CASES_TABLE: tables.cases.name,
        SEALING_KEY: keys.sealing.keyArn,
        EMAIL_FROM: stage.emailFrom,
        SMS_SENDER_ID: stage.city.smsSenderId,
        CITY: JSON.stringify({ name: stage.city.name, helpline: stage.city.helpline } satisfies City),
        PORTAL_URL: stage.portalUrl,
      },
      keys,
      timeoutSeconds: sendSeconds,
      memoryMegabytes: 512,
    });
    this.queue.feed(send, 4);
    tables.digests.grant(send, [...reading, ...writing]);
    tables.profiles.grant(send, ['GetItem'], ['OWNER#*']);
    // Headers, to see whether there is still something unread; never what a case contains.
    tables.cases.grant(send, ['GetItem'], ['OWNER#*']);
    keys.grantOpen(send);
    mail.grantSend(send);
    this.grantTextMessages(send);
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
