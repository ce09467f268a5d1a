/** Gives every resource of the stack its engine, and the functions their way to them. */
import { closeSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Clock } from './clock.ts';
import { type Credentials, createTables, dynamoClient } from './dynamodb.ts';
import { type Email, startEmail } from './engines/email.ts';
import { type KeyValueStore, startKeyValueStore } from './engines/key-value-store.ts';
import { startKms } from './engines/kms.ts';
import type { DeliveredMessage } from './engines/message.ts';
import { type S3, startS3 } from './engines/s3.ts';
import { type Scanner, startScanner } from './engines/scanner.ts';
import { type Sms, startSms } from './engines/sms.ts';
import { type Endpoints, functionEnvironment } from './environment.ts';
import { createEventBus, type EventBus } from './event-bus.ts';
import { startExpiry } from './expiry.ts';
import { createFunction, type LambdaFunction, type Log } from './functions.ts';
import type { Meter } from './meter.ts';
import { queueUrl, region } from './names.ts';
import { createQueues, sqsClient, startPollers, waitingIn } from './queues.ts';
import { type Schedule, startScheduler } from './scheduler.ts';
import type { LocalStack } from './stack.ts';

/** Whatever must be ended, in the reverse order of its start. */
export type Keep = <T extends { close(): unknown }>(started: T) => T;

export interface PlatformOptions {
  readonly stack: LocalStack;
  readonly dataDir: string;
  readonly credentials: Credentials;
  readonly clock: Clock;
  readonly s3Port: number;
  /** Addresses of the engines that run already. */
  readonly dynamoDb: string;
  readonly queues: string;
  /** Stands between the functions and DynamoDB, and counts. */
  readonly meter: Meter | undefined;
  readonly logged: Log;
  readonly keep: Keep;
}

export interface Platform {
  readonly endpoints: Endpoints;
  readonly s3: S3;
  readonly pointers: KeyValueStore;
  readonly schedules: readonly Schedule[];
  readonly scanner: Scanner;
  /** By the function's whole name or by that of its bundle (`catalogue-publish`). */
  find(name: string): LambdaFunction | undefined;
  /** What reached people, oldest first. */
  mailbox(): readonly DeliveredMessage[];
  /** Messages that wait in a queue some function works on. */
  waiting(): Promise<number>;
}

/** The values the stack gives its functions under that name: what they send from, whom they identify as. */
export const settingsOf = (stack: LocalStack, name: string): string[] => [
  ...new Set(stack.functions.flatMap(({ environment }) => environment[name] ?? [])),
];

const byTime = (one: DeliveredMessage, other: DeliveredMessage): number => (one.at < other.at ? -1 : 1);

interface Engines {
  readonly s3: S3;
  readonly pointers: KeyValueStore;
  readonly email: Email;
  readonly sms: Sms;
  readonly endpoints: Endpoints;
}

const startEngines = async (options: PlatformOptions, bus: EventBus): Promise<Engines> => {
  const { stack, dataDir, credentials, clock, keep } = options;
  const now = clock.now;
  const folder = (name: string): string => join(dataDir, name);
  const [s3, kms, pointers, email, sms] = await Promise.all([
    startS3({
      dataDir: folder('s3'),
      credentials,
      region,
      now,
      buckets: stack.buckets,
      announce: bus.put,
      port: options.s3Port,
    }).then(keep),
    startKms({ dataDir: folder('kms'), keys: stack.keys }).then(keep),
    startKeyValueStore({ dataDir: folder('key-value-store'), now }).then(keep),
    startEmail({ allowedFrom: settingsOf(stack, 'EMAIL_FROM'), now, announce: bus.put }).then(keep),
    startSms({ now }).then(keep),
  ]);
  const endpoints = {
    DYNAMODB: options.meter?.url ?? options.dynamoDb,
    S3: s3.url,
    KMS: kms.url,
    SQS: options.queues,
    SNS: sms.url,
    SESV2: email.url,
    // Its client puts the account before the host: only a name can take that.
    CLOUDFRONT_KEYVALUESTORE: pointers.url.replace('127.0.0.1', 'localhost'),
  };
  return { s3, pointers, email, sms, endpoints };
};

const startFunctions = (options: PlatformOptions, endpoints: Endpoints): Map<string, LambdaFunction> => {
  const { stack, clock, credentials, logged, keep } = options;
  return new Map(
    stack.functions.map(definition => {
      const environment = functionEnvironment(definition, endpoints, credentials);
      return [definition.name, keep(createFunction({ ...definition, environment }, clock, logged))];
    }),
  );
};

const prepare = async (options: PlatformOptions, dynamoDb: DynamoDBClient, sqs: SQSClient): Promise<void> => {
  const { stack, clock, keep } = options;
  await Promise.all([createTables(dynamoDb, stack.tables), createQueues(sqs, stack.queues)]);
  keep(startExpiry(dynamoDb, stack.expiring, clock.now));
};

const startTriggers = (
  options: PlatformOptions,
  functions: ReadonlyMap<string, LambdaFunction>,
  sqs: SQSClient,
): readonly Schedule[] => {
  const { stack, clock, logged, keep } = options;
  const named = (name: string): LambdaFunction => {
    const found = functions.get(name);
    if (!found) throw new Error(`the stack has no function ${name}`);
    return found;
  };
  const mappings = stack.mappings.map(({ functionName, ...mapping }) => ({
    ...mapping,
    queueUrl: queueUrl(options.queues, mapping.queueArn.split(':').at(-1) ?? ''),
    target: named(functionName),
  }));
  keep(startPollers(sqs, mappings, region));
  const schedules = stack.schedules.map(({ functionName, ...schedule }) => ({
    ...schedule,
    target: (event: unknown) => named(functionName).invoke(event),
  }));
  const failed = (schedule: string): void =>
    logged(JSON.stringify({ level: 'error', schedule, failed: true }));
  keep(startScheduler(schedules, clock, failed));
  return schedules;
};

/** The scanner stands where AWS itself would: it needs no leave of ours to read. */
const readWith =
  (s3: S3) =>
  (bucket: string, key: string): Buffer | undefined => {
    const store = s3.bucket(bucket);
    const object = store.find(key);
    if (!object) return undefined;
    const file = store.open(object);
    try {
      return readFileSync(file);
    } finally {
      closeSync(file);
    }
  };

export const openPlatform = async (options: PlatformOptions): Promise<Platform> => {
  const { stack, credentials } = options;
  const functions = new Map<string, LambdaFunction>();
  const bus = createEventBus({
    now: options.clock.now,
    rules: stack.rules,
    invoke: async (name, event) => functions.get(name)?.invoke(event),
    failed: rule => options.logged(JSON.stringify({ level: 'error', rule, failed: true })),
  });
  const { s3, pointers, email, sms, endpoints } = await startEngines(options, bus);
  const scanner = options.keep(startScanner({ plans: stack.scans, bus, read: readWith(s3) }));
  const dynamoDb = dynamoClient(options.dynamoDb, region, credentials);
  const sqs = sqsClient(options.queues, region, credentials);
  await prepare(options, dynamoDb, sqs);
  for (const [name, started] of startFunctions(options, endpoints)) functions.set(name, started);
  const schedules = startTriggers(options, functions, sqs);
  const worked = stack.mappings.map(({ queueArn }) =>
    queueUrl(options.queues, queueArn.split(':').at(-1) ?? ''),
  );
  return {
    endpoints,
    s3,
    pointers,
    schedules,
    scanner,
    find: name => functions.get(name) ?? [...functions].find(([whole]) => whole.endsWith(`-${name}`))?.[1],
    mailbox: () => [...email.messages(), ...sms.messages()].sort(byTime),
    waiting: async () => {
      const counts = await Promise.all(worked.map(url => waitingIn(sqs, url)));
      return counts.reduce((sum, count) => sum + count, 0);
    },
  };
};
