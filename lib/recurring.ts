import { Duration, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { PortalFunction } from './portal-function.ts';

export interface RecurringProps {
  readonly every: Duration;
  readonly target: PortalFunction;
}

/** Runs a function again and again. The next run does what one could not; its failure is the function's own alarm. */
export class Recurring extends Construct {
  constructor(scope: Construct, id: string, { every, target }: RecurringProps) {
    super(scope, id);
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${target.logicalId}.Arn>:*]`,
      reason: 'The versions and aliases of the one function it calls.',
    });
    new Schedule(this, 'Schedule', {
      schedule: ScheduleExpression.rate(every),
      target: new LambdaInvoke(target.lambda, { role, maxEventAge: Duration.minutes(1), retryAttempts: 0 }),
    });
  }
}
