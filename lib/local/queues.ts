/** SQS in memory, and the pollers that Lambda keeps for its event-source mappings. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { buildApp } from 'fauxqs';
import type { Credentials } from './dynamodb.ts';
import type { LambdaFunction } from './functions.ts';

export interface QueueDefinition {
  readonly name: string;
  readonly arn: string;
  readonly visibilitySeconds: number;
  readonly delaySeconds: number;
  readonly fifo: boolean;
  readonly redrive?: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number };
}

export interface Mapping {
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly target: LambdaFunction;
  readonly batchSize: number;
  /** How many batches at once. */
  readonly concurrency: number;
  /** The function names the messages that failed; without it a failure is the whole batch's. */
  readonly reportsFailures: boolean;
}

export interface Queues {
  readonly url: string;
  close(): Promise<void>;
}

/** `startFauxqs` would listen on every address; this is the same engine on loopback only. */
export const startQueues = async (): Promise<Queues> => {
  const app = buildApp({ logger: false });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return { url, close: () => app.close() };
};

export const sqsClient = (endpoint: string, region: string, credentials: Credentials): SQSClient =>
  new SQSClient({ endpoint, region, credentials });

/** Dead-letter queues go first: a redrive policy names one that must be there. */
export const createQueues = async (client: SQSClient, queues: readonly QueueDefinition[]): Promise<void> => {
  const ordered = [...queues].sort(
    (one, other) => Number(one.redrive !== undefined) - Number(other.redrive !== undefined),
  );
  for (const queue of ordered)
    await client.send(
      new CreateQueueCommand({
        QueueName: queue.name,
        Attributes: {
          VisibilityTimeout: String(queue.visibilitySeconds),
          DelaySeconds: String(queue.delaySeconds),
          ...(queue.fifo && { FifoQueue: 'true' }),
          ...(queue.redrive && { RedrivePolicy: JSON.stringify(queue.redrive) }),
        },
      }),
    );
};

/** Messages of a queue that nobody has dealt with yet, those being worked on included. */
export const waitingIn = async (client: SQSClient, queueUrl: string): Promise<number> => {
  const counts = [
    'ApproximateNumberOfMessages',
    'ApproximateNumberOfMessagesNotVisible',
    'ApproximateNumberOfMessagesDelayed',
  ] as const;
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...counts] }),
  );
  return counts.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
};

const toEvent = (messages: readonly Message[], arn: string, region: string): SQSEvent => ({
  Records: messages.map(message => ({
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: (message.Attributes ?? {}) as unknown as SQSEvent['Records'][number]['attributes'],
    messageAttributes: {},
    md5OfBody: message.MD5OfBody ?? '',
    eventSource: 'aws:sqs',
    eventSourceARN: arn,
    awsRegion: region,
  })),
});

const failedIds = (result: unknown): ReadonlySet<string> => {
  const failures = (result as SQSBatchResponse | null)?.batchItemFailures ?? [];
  return new Set(failures.map(failure => failure.itemIdentifier));
};

/** A person at this machine does not wait half an hour for a retry: what failed may be seen again after this. */
const retrySeconds = 5;

const retrySoon = (client: SQSClient, queueUrl: string, messages: readonly Message[]): Promise<unknown> =>
  Promise.allSettled(
    messages.map(({ ReceiptHandle }) =>
      client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queueUrl,
          ReceiptHandle,
          VisibilityTimeout: retrySeconds,
        }),
      ),
    ),
  );

/** The ids of the messages that failed; all of them where the function did. It has logged why by itself. */
const failuresOf = async (
  { target, reportsFailures, queueArn }: Mapping,
  messages: readonly Message[],
  region: string,
) => {
  try {
    const result = await target.invoke(toEvent(messages, queueArn, region));
    return reportsFailures ? failedIds(result) : new Set<string>();
  } catch {
    return new Set(messages.map(({ MessageId = '' }) => MessageId));
  }
};

/** Hands a batch to the function; what succeeded is deleted, what failed comes back, at last to the dead letters. */
const handle = async (
  client: SQSClient,
  mapping: Mapping,
  messages: readonly Message[],
  region: string,
): Promise<void> => {
  const { queueUrl } = mapping;
  const failed = await failuresOf(mapping, messages, region);
  const hasFailed = ({ MessageId = '' }: Message): boolean => failed.has(MessageId);
  await Promise.all(
    messages
      .filter(message => !hasFailed(message))
      .map(({ ReceiptHandle }) =>
        client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle })),
      ),
  );
  await retrySoon(client, queueUrl, messages.filter(hasFailed));
};

export interface Pollers {
  close(): Promise<void>;
}

/** One loop for each batch that may be under way at once. */
export const startPollers = (client: SQSClient, mappings: readonly Mapping[], region: string): Pollers => {
  const stop = new AbortController();
  const poll = async (mapping: Mapping): Promise<void> => {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: mapping.queueUrl,
        MaxNumberOfMessages: Math.min(10, mapping.batchSize),
        WaitTimeSeconds: 20,
        MessageSystemAttributeNames: ['All'],
      }),
      { abortSignal: stop.signal },
    );
    if (Messages.length > 0) await handle(client, mapping, Messages, region);
  };
  /** A call that fails once must not end the loop, nor make it spin. */
  const pollForEver = async (mapping: Mapping): Promise<void> => {
    while (!stop.signal.aborted) await poll(mapping).catch(() => sleep(stop.signal.aborted ? 0 : 1_000));
  };
  const loops = mappings.flatMap(mapping =>
    Array.from({ length: mapping.concurrency }, () => pollForEver(mapping)),
  );
  return {
    close: async () => {
      stop.abort();
      await Promise.all(loops);
    },
  };
};
