import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { PortalFunction } from './portal-function.ts';
import { deadLetterRetention } from './retention.ts';

/** One message a shard and hour: who is waiting there is to be told. Messages hold no one's name or address. */
export class DigestQueue extends Construct {
  readonly url: string;
  readonly failed: Queue;
  private readonly queue: Queue;

  /** `consumerSeconds` is how long the consumer may take for one message. */
  constructor(scope: Construct, id: string, { consumerSeconds }: { consumerSeconds: number }) {
    super(scope, id);
    const safe = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    this.failed = new Queue(this, 'Failed', { ...safe, retentionPeriod: deadLetterRetention });
    this.queue = new Queue(this, 'Queue', {
      ...safe,
      // A message must not come back while it is still being worked on, and soon after when something was left.
      visibilityTimeout: Duration.seconds(consumerSeconds + 60),
      retentionPeriod: Duration.days(1),
      deadLetterQueue: { queue: this.failed, maxReceiveCount: 5 },
    });
    this.url = this.queue.queueUrl;
  }

  grantSend(sender: PortalFunction): void {
    sender.allow(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] }));
  }

  /** `atOnce` shards at a time: together they must stay below what the account may send. */
  feed(consumer: PortalFunction, atOnce: number): void {
    consumer.lambda.addEventSource(
      new SqsEventSource(this.queue, { batchSize: 1, maxConcurrency: atOnce, reportBatchItemFailures: true }),
    );
  }
}
