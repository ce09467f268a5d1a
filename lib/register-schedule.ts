import { Duration, TimeZone, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression, ScheduleGroup, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { PublishRequest } from '../lambdas/catalogue/publish.ts';
import type { PortalFunction } from './portal-function.ts';
import { deadLetterRetention } from './retention.ts';

export interface RegisterScheduleProps {
  readonly registerUrl: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly publish: PortalFunction;
}

/** Takes the city's register in before the day's visitors come. */
export class RegisterSchedule extends Construct {
  readonly group: ScheduleGroup;
  /** Runs that could not be handed over; a register that was refused is in the publisher's log instead. */
  readonly failed: Queue;

  constructor(scope: Construct, id: string, { registerUrl, timeZone, publish }: RegisterScheduleProps) {
    super(scope, id);
    this.group = new ScheduleGroup(this, 'Group');
    this.failed = new Queue(this, 'Failed', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: deadLetterRetention,
    });
    Validations.of(this.failed).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is the dead-letter queue, of a schedule and not of another queue.',
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${publish.logicalId}.Arn>:*]`,
      reason: 'The versions and aliases of the one function it calls.',
    });
    new Schedule(this, 'Daily', {
      scheduleGroup: this.group,
      schedule: ScheduleExpression.cron({ minute: '30', hour: '4', timeZone: TimeZone.of(timeZone) }),
      target: new LambdaInvoke(publish.lambda, {
        role,
        input: ScheduleTargetInput.fromObject({ url: registerUrl } satisfies PublishRequest),
        deadLetterQueue: this.failed,
        // Tomorrow's run does what today's could not.
        maxEventAge: Duration.hours(2),
        retryAttempts: 5,
      }),
    });
  }
}
