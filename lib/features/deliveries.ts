import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Environment } from '../../lambdas/deliveries/watch.lambda.ts';
import { waitingMetric } from '../../lambdas/deliveries/watch.ts';
import type { Ground } from '../ground.ts';
import { PortalFunction } from '../portal-function.ts';
import { every, ScheduledRun } from '../scheduled-run.ts';

/** Forms that are never stored (R6.7): they may not lie here for long. */
export class Deliveries extends Construct {
  /** Hours the oldest one has waited for its department. */
  readonly oldestHours: Metric;

  constructor(scope: Construct, id: string, ground: Pick<Ground, 'keys' | 'tables'>) {
    super(scope, id);
    const { keys, tables } = ground;
    const watch = new PortalFunction<Environment>(this, 'Watch', {
      bundle: 'deliveries-watch',
      environment: { CASES_TABLE: tables.cases.name, DELIVERIES_TABLE: tables.deliveries.name },
      keys,
      timeoutSeconds: 60,
      memoryMegabytes: 256,
    });
    tables.cases.grant(watch, ['Query'], ['SERVICES']);
    tables.deliveries.grant(watch, ['Query'], ['DELIVERIES#*']);
    new ScheduledRun(this, 'Hourly', { ...every(Duration.hours(1)), target: watch });
    this.oldestHours = new Metric({
      namespace: waitingMetric.namespace,
      metricName: waitingMetric.name,
      statistic: Stats.MAXIMUM,
      period: Duration.hours(1),
    });
  }
}
