import { Duration, TimeZone, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { PortalFunction } from './portal-function.ts';

export interface DraftWarningScheduleProps {
  /** IANA name. */
  readonly timeZone: string;
  readonly warn: PortalFunction;
}

/** Once a day, within the hours of messages (R9.2). What a run leaves, the next six find; what fails, the function's alarm tells. */
export class DraftWarningSchedule extends Construct {
  constructor(scope: Construct, id: string, { timeZone, warn }: DraftWarningScheduleProps) {
    super(scope, id);
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${warn.logicalId}.Arn>:*]`,
      reason: 'The versions and aliases of the one function it calls.',
    });
    new Schedule(this, 'Daily', {
      schedule: ScheduleExpression.cron({ minute: '20', hour: '10', timeZone: TimeZone.of(timeZone) }),
      target: new LambdaInvoke(warn.lambda, {
        role,
        maxEventAge: Duration.hours(4),
        retryAttempts: 5,
      }),
    });
  }
}
