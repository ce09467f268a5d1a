import { Duration, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  type IScheduleGroup,
  Schedule,
  ScheduleExpression,
  type ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { PortalFunction } from './portal-function.ts';

export interface ScheduledRunProps {
  readonly schedule: ScheduleExpression;
  readonly target: PortalFunction;
  readonly input?: ScheduleTargetInput;
  /** A run that could not be handed over is tried again for so long, and so often. */
  readonly maxEventAge: Duration;
  readonly retryAttempts: number;
  readonly scheduleGroup?: IScheduleGroup;
  readonly deadLetterQueue?: IQueue;
}

/** Runs a function by the clock. What fails in it is the function's own alarm; `WatchedRun` tells also of runs that never were. */
export class ScheduledRun extends Construct {
  constructor(scope: Construct, id: string, props: ScheduledRunProps) {
    super(scope, id);
    const { schedule, target, scheduleGroup, ...how } = props;
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${target.logicalId}.Arn>:*]`,
      reason: 'The versions and aliases of the one function it calls.',
    });
    new Schedule(this, 'Schedule', {
      schedule,
      ...(scheduleGroup && { scheduleGroup }),
      target: new LambdaInvoke(target.lambda, { role, ...how }),
    });
  }
}

/** Again and again: the next run does what one could not. */
export const every = (time: Duration): Omit<ScheduledRunProps, 'target'> => ({
  schedule: ScheduleExpression.rate(time),
  maxEventAge: Duration.minutes(1),
  retryAttempts: 0,
});
