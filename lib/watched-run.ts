import { Validations } from 'aws-cdk-lib';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deadLetterRetention } from './retention.ts';
import { ScheduledRun, type ScheduledRunProps } from './scheduled-run.ts';

export type WatchedRunProps = Omit<ScheduledRunProps, 'scheduleGroup' | 'deadLetterQueue'>;

/** A scheduled run that somebody misses: what could not be handed over is kept, and dropped runs are counted. */
export class WatchedRun extends Construct {
  readonly group: ScheduleGroup;
  /** Runs that could not be handed over. */
  readonly failed: Queue;

  constructor(scope: Construct, id: string, props: WatchedRunProps) {
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
    new ScheduledRun(this, 'Run', {
      ...props,
      scheduleGroup: this.group,
      deadLetterQueue: this.failed,
    });
  }
}
