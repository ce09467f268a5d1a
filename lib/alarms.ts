import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Attachments } from './features/attachments.ts';
import type { Catalogue } from './features/catalogue.ts';
import type { Deliveries } from './features/deliveries.ts';
import type { PortalApi } from './http-api.ts';
import type { Keys } from './keys.ts';
import { PortalFunction } from './portal-function.ts';
import type { Stage } from './stage.ts';
import type { WatchedRun } from './watched-run.ts';

export interface AlarmsProps {
  readonly stage: Stage;
  readonly keys: Keys;
  readonly api: PortalApi;
  readonly deliveries: Deliveries;
  readonly attachments: Attachments;
  readonly schedule: WatchedRun;
  readonly catalogue: Catalogue;
  /** Where what could not be done ends up: anything there is somebody's digest or case. */
  readonly deadLetters: Readonly<Record<string, Queue>>;
}

const period = Duration.minutes(5);

/** A form that is never stored waits for its department no longer than this, weekends included (R6.7). */
const unacknowledgedHours = 72;

/** What somebody has to look at, told by e-mail (R10.2). */
export class Alarms extends Construct {
  private readonly topic: Topic;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { stage, keys, api, schedule, catalogue, deliveries, attachments, deadLetters } = props;
    keys.data.grantEncryptDecrypt(new ServicePrincipal('cloudwatch.amazonaws.com'));
    this.topic = new Topic(this, 'Topic', { masterKey: keys.data, enforceSSL: true });
    if (stage.alarmsEmail) this.topic.addSubscription(new EmailSubscription(stage.alarmsEmail));

    for (const [name, queue] of Object.entries(deadLetters))
      this.whenAny(
        `${name}Failed`,
        queue.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM }),
      );
    this.when('DeliveryUnacknowledged', deliveries.oldestHours, unacknowledgedHours);
    this.whenAny('AttachmentOverdue', attachments.overdue.with({ period: Duration.minutes(15) }));
    this.whenAny('ScheduleDropped', schedule.group.metricDropped({ period }));
    this.watchRegister(catalogue);
    this.when('ApiFails', api.http.metricServerError({ period, statistic: Stats.SUM }), 5);
    for (const { node, lambda } of this.functions()) {
      const name = node.path.split('/').slice(1).join('');
      this.whenAny(`${name}Errors`, lambda.metricErrors({ period }));
      this.whenAny(`${name}Throttles`, lambda.metricThrottles({ period }));
    }
  }

  /** The last good catalogue stays whatever happens to the register: without a word nobody would see that it ages. */
  private watchRegister({ registers, schedule }: Catalogue): void {
    this.whenAny('RegisterRefused', registers.refused.with({ period }));
    if (schedule === undefined) return;
    const { failed, group } = schedule;
    this.whenAny('RegisterScheduleDropped', group.metricDropped({ period }));
    this.whenAny(
      'RegisterScheduleFailed',
      failed.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM }),
    );
    new Alarm(this, 'RegisterStale', {
      metric: registers.taken.with({ period: Duration.days(1) }),
      threshold: 1,
      evaluationPeriods: 2,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
    }).addAlarmAction(new SnsAction(this.topic));
  }

  /** Every function of the stack, so that none is forgotten. */
  private functions(): PortalFunction[] {
    return Stack.of(this)
      .node.findAll()
      .filter(construct => construct instanceof PortalFunction);
  }

  private whenAny(id: string, metric: Metric): void {
    this.when(id, metric, 1);
  }

  private when(id: string, metric: Metric, threshold: number): void {
    new Alarm(this, id, {
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // Nights without a request are no fault.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(this.topic));
  }
}
