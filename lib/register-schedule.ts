import { Duration, TimeZone, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { PublishRequest } from '../lambdas/catalogue/publish.ts';
import type { PortalFunction } from './portal-function.ts';

export interface RegisterScheduleProps {
  readonly registerUrl: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly publish: PortalFunction;
}

/** Takes the city's register in before the day's visitors come. What fails, the publisher's own alarm tells. */
export class RegisterSchedule extends Construct {
  constructor(scope: Construct, id: string, { registerUrl, timeZone, publish }: RegisterScheduleProps) {
    super(scope, id);
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${publish.logicalId}.Arn>:*]`,
      reason: 'The versions and aliases of the one function it calls.',
    });
    new Schedule(this, 'Daily', {
      schedule: ScheduleExpression.cron({ minute: '30', hour: '4', timeZone: TimeZone.of(timeZone) }),
      target: new LambdaInvoke(publish.lambda, {
        role,
        input: ScheduleTargetInput.fromObject({ url: registerUrl } satisfies PublishRequest),
        // Tomorrow's run does what today's could not.
        maxEventAge: Duration.hours(2),
        retryAttempts: 5,
      }),
    });
  }
}
