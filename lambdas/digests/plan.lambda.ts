import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { configuration } from '../configuration.ts';
import { type PlanEvent, planDigests } from './plan.ts';

const environment = configuration('DIGEST_QUEUE_URL');
export type Environment = typeof environment;

/** The queue takes a task in milliseconds; the schedule calls again where the function did not end well. */
const sqs = new SQSClient({
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_500, throwOnRequestTimeout: true },
});

export const handler = (event: PlanEvent) =>
  planDigests(event, {
    hand: async task => {
      const MessageBody = JSON.stringify(task);
      await sqs.send(new SendMessageCommand({ QueueUrl: environment.DIGEST_QUEUE_URL, MessageBody }));
    },
    now: Date.now,
  });
