import { Duration, TimeZone, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ContextAttribute,
  Schedule,
  ScheduleExpression,
  ScheduleGroup,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { PortalFunction } from './portal-function.ts';
import { deadLetterRetention } from './retention.ts';
import type { Stage } from './stage.ts';

/** On the hour, 9 to 20 inclusive, by the city's own clock and its summer time (R9.2). */
export class DigestSchedule extends Construct {
  readonly group: ScheduleGroup;
  readonly failed: Queue;

  constructor(scope: Construct, id: string, { stage, target }: { stage: Stage; target: PortalFunction }) {
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
      id: `AwsSolutions-IAM5[Resource::<${target.logicalId}.Arn>:*]`,
      reason: 'The versions and aliases of the one function it calls.',
    });
    new Schedule(this, 'Hourly', {
      scheduleGroup: this.group,
      schedule: ScheduleExpression.cron({
        minute: '0',
        hour: '9-20',
        timeZone: TimeZone.of(stage.city.timeZone),
      }),
      target: new LambdaInvoke(target.lambda, {
        role,
        input: ScheduleTargetInput.fromObject({ at: ContextAttribute.scheduledTime }),
        deadLetterQueue: this.failed,
        // Later than this the next hour's run takes over: it finds everybody who still waits.
        maxEventAge: Duration.minutes(30),
        retryAttempts: 10,
      }),
    });
  }
}
