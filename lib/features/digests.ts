import { Duration, TimeZone } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { ContextAttribute, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Environment as OutcomeEnvironment } from '../../lambdas/digests/outcome.lambda.ts';
import type { Environment as PlanEnvironment } from '../../lambdas/digests/plan.lambda.ts';
import type { Environment as SendEnvironment } from '../../lambdas/digests/send.lambda.ts';
import { noticeAttributes } from '../../lambdas/storage/case-notices.ts';
import { DigestQueue } from '../digest-queue.ts';
import type { Ground } from '../ground.ts';
import { emailEvents, type Notifications } from '../notifications.ts';
import { PortalFunction } from '../portal-function.ts';
import { reading, writing } from '../table.ts';
import { WatchedRun } from '../watched-run.ts';

const sendSeconds = 300;

/** Telling people that something in their matters has changed (R9). */
export class Digests extends Construct {
  readonly queue: DigestQueue;
  readonly schedule: WatchedRun;

  constructor(scope: Construct, id: string, ground: Ground & { readonly notifications: Notifications }) {
    super(scope, id);
    const { stage, keys, tables, notifications } = ground;
    this.queue = new DigestQueue(this, 'Queue', { consumerSeconds: sendSeconds });

    const plan = new PortalFunction<PlanEnvironment>(this, 'Plan', {
      bundle: 'digests-plan',
      environment: { DIGEST_QUEUE_URL: this.queue.url },
      keys,
      timeoutSeconds: 30,
      memoryMegabytes: 256,
    });
    this.queue.grantSend(plan);
    this.schedule = this.hourly(plan, stage.city.timeZone);

    const send = new PortalFunction<SendEnvironment>(this, 'Send', {
      bundle: 'digests-send',
      environment: {
        DIGESTS_TABLE: tables.digests.name,
        PROFILES_TABLE: tables.profiles.name,
        CASES_TABLE: tables.cases.name,
        SEALING_KEY: keys.sealing.keyArn,
        ...notifications.environment,
      },
      keys,
      timeoutSeconds: sendSeconds,
      memoryMegabytes: 512,
    });
    this.queue.feed(send, 4);
    tables.digests.grant(send, [...reading, ...writing]);
    tables.profiles.grant(send, ['GetItem'], ['OWNER#*']);
    // Headers, to see whether there is still something unread, and that it was told; never what a case contains.
    tables.cases.grant(send, ['GetItem'], ['OWNER#*']);
    tables.cases.grant(send, ['UpdateItem'], ['CASE#*'], noticeAttributes);
    keys.grantOpen(send);
    notifications.grantSend(send);
    this.outcome(ground);
  }

  /** Hears what became of each e-mail. Word that is lost leaves it as *sent*. */
  private outcome({ keys, tables }: Ground): void {
    const outcome = new PortalFunction<OutcomeEnvironment>(this, 'Outcome', {
      bundle: 'digests-outcome',
      environment: { DIGESTS_TABLE: tables.digests.name, CASES_TABLE: tables.cases.name },
      keys,
      timeoutSeconds: 60,
      memoryMegabytes: 256,
    });
    tables.digests.grant(outcome, ['GetItem'], ['SENT#*']);
    tables.cases.grant(outcome, ['UpdateItem'], ['CASE#*'], noticeAttributes);
    new Rule(this, 'Outcomes', { eventPattern: emailEvents, targets: [new LambdaFunction(outcome.lambda)] });
  }

  /** On the hour, 9 to 20 inclusive, by the city's own clock and its summer time (R9.2). */
  private hourly(plan: PortalFunction, timeZone: string): WatchedRun {
    return new WatchedRun(this, 'Schedule', {
      schedule: ScheduleExpression.cron({ minute: '0', hour: '9-20', timeZone: TimeZone.of(timeZone) }),
      target: plan,
      input: ScheduleTargetInput.fromObject({ at: ContextAttribute.scheduledTime }),
      // Later than this the next hour's run takes over: it finds everybody who still waits.
      maxEventAge: Duration.minutes(30),
      retryAttempts: 10,
    });
  }
}
