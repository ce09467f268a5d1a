/** From a resource's resolved properties to what its engine is told. */
import { statSync } from 'node:fs';
import type { BucketDeployment } from './deployment.ts';
import type { TableDefinition } from './dynamodb.ts';
import type { BucketOptions } from './engines/s3.ts';
import type { ScanPlan } from './engines/scanner.ts';
import type { RuleDefinition } from './event-bus.ts';
import type { ExpiringTable } from './expiry.ts';
import type { FunctionDefinition } from './functions.ts';
import { account, bucketName, functionName, queueName, region, tableName } from './names.ts';
import type { QueueDefinition } from './queues.ts';
import type { Resource } from './template.ts';

export interface ScheduleDefinition {
  readonly name: string;
  readonly expression: string;
  readonly timeZone: string;
  readonly input: string;
  readonly functionName: string;
}

export interface MappingDefinition {
  readonly queueArn: string;
  readonly functionName: string;
  readonly batchSize: number;
  readonly concurrency: number;
  readonly reportsFailures: boolean;
}

/** As many at once as this machine bears; the template's own reservation goes before. */
const concurrency = 8;

export interface FunctionProperties {
  Code: { S3Key?: string };
  Handler: string;
  Timeout?: number;
  MemorySize?: number;
  ReservedConcurrentExecutions?: number;
  Environment?: { Variables?: Record<string, string> };
}

export const toFunction = (
  properties: FunctionProperties,
  resource: Resource,
  code: string,
): FunctionDefinition => ({
  name: functionName(resource),
  arn: `arn:aws:lambda:${region}:${account}:function:${functionName(resource)}`,
  code,
  handler: properties.Handler,
  environment: properties.Environment?.Variables ?? {},
  timeoutSeconds: properties.Timeout ?? 3,
  memoryMegabytes: properties.MemorySize ?? 128,
  concurrency: properties.ReservedConcurrentExecutions ?? concurrency,
});

export const toExpiring = (
  properties: TableDefinition & { TimeToLiveSpecification?: { AttributeName: string; Enabled: boolean } },
  resource: Resource,
): ExpiringTable | undefined => {
  const { TimeToLiveSpecification: expiry, KeySchema = [] } = properties;
  if (!expiry?.Enabled) return undefined;
  const keys = KeySchema.map(key => key.AttributeName ?? '');
  return { name: tableName(resource), attribute: expiry.AttributeName, keys };
};

export interface BucketProperties {
  NotificationConfiguration?: { EventBridgeConfiguration?: { EventBridgeEnabled?: boolean | string } };
  CorsConfiguration?: {
    CorsRules: {
      AllowedOrigins: string[];
      AllowedMethods: string[];
      AllowedHeaders?: string[];
      ExposedHeaders?: string[];
      MaxAge?: number;
    }[];
  };
}

export const toBucket = (properties: BucketProperties, resource: Resource): [string, BucketOptions] => {
  const rules = properties.CorsConfiguration?.CorsRules.map(rule => ({
    allowedOrigins: rule.AllowedOrigins,
    allowedMethods: rule.AllowedMethods,
    ...(rule.AllowedHeaders && { allowedHeaders: rule.AllowedHeaders }),
    ...(rule.ExposedHeaders && { exposedHeaders: rule.ExposedHeaders }),
    ...(rule.MaxAge !== undefined && { maxAgeSeconds: rule.MaxAge }),
  }));
  const { EventBridgeEnabled } = properties.NotificationConfiguration?.EventBridgeConfiguration ?? {};
  const announced = String(EventBridgeEnabled) === 'true';
  return [bucketName(resource), { ...(rules && { cors: rules }), ...(announced && { announced }) }];
};

export interface RuleProperties {
  EventPattern?: Record<string, unknown>;
  ScheduleExpression?: string;
  Targets?: { Arn: unknown }[];
}

/** Throws at a rule the bus here does not know, so that it is not simply missing. */
export const toRule = (
  { EventPattern, ScheduleExpression, Targets = [] }: RuleProperties,
  resource: Resource,
  target: string,
): RuleDefinition => {
  if (!EventPattern || ScheduleExpression || Targets.length !== 1)
    throw new Error(`the local run knows rules with a pattern and one function only, not ${resource.id}`);
  return { name: resource.id, pattern: EventPattern, functionName: target };
};

export interface ScanPlanProperties {
  ProtectedResource: { S3Bucket: { BucketName: string; ObjectPrefixes?: string[] } };
}

export const toScanPlan = ({ ProtectedResource: { S3Bucket } }: ScanPlanProperties): ScanPlan => ({
  bucket: S3Bucket.BucketName,
  prefixes: S3Bucket.ObjectPrefixes ?? [],
});

export interface QueueProperties {
  VisibilityTimeout?: number;
  DelaySeconds?: number;
  FifoQueue?: boolean;
  RedrivePolicy?: { deadLetterTargetArn: string; maxReceiveCount: number };
}

/** Without its address: the engine's is known only once it runs. */
export const toQueue = (properties: QueueProperties, resource: Resource): QueueDefinition => ({
  name: queueName(resource),
  arn: `arn:aws:sqs:${region}:${account}:${queueName(resource)}`,
  visibilitySeconds: properties.VisibilityTimeout ?? 30,
  delaySeconds: properties.DelaySeconds ?? 0,
  fifo: properties.FifoQueue === true,
  ...(properties.RedrivePolicy && { redrive: properties.RedrivePolicy }),
});

export interface MappingProperties {
  EventSourceArn: string;
  BatchSize?: number;
  Enabled?: boolean;
  FunctionResponseTypes?: string[];
  ScalingConfig?: { MaximumConcurrency?: number };
}

/** Throws at a source that has no engine here, so that it is not simply missing. */
export const toMapping = (properties: MappingProperties, target: string): MappingDefinition => {
  if (!properties.EventSourceArn.includes(':sqs:'))
    throw new Error(`the local run has no poller for ${properties.EventSourceArn}`);
  return {
    queueArn: properties.EventSourceArn,
    functionName: target,
    batchSize: properties.BatchSize ?? 10,
    concurrency: properties.ScalingConfig?.MaximumConcurrency ?? 2,
    reportsFailures: properties.FunctionResponseTypes?.includes('ReportBatchItemFailures') === true,
  };
};

export interface ScheduleProperties {
  ScheduleExpression: string;
  ScheduleExpressionTimezone?: string;
  Target: { Input?: string };
}

export const toSchedule = (
  properties: ScheduleProperties,
  resource: Resource,
  target: string,
): ScheduleDefinition => ({
  name: resource.id,
  expression: properties.ScheduleExpression,
  timeZone: properties.ScheduleExpressionTimezone ?? 'UTC',
  input: properties.Target.Input ?? '{}',
  functionName: target,
});

export interface DeploymentProperties {
  DestinationBucketName: string;
  DestinationBucketKeyPrefix?: string;
  SourceObjectKeys: string[];
  Exclude?: string[];
  Include?: string[];
  Prune?: boolean | string;
  SystemMetadata?: Record<string, string>;
}

export const toDeployment = (
  properties: DeploymentProperties,
  assetPath: (key: string) => string,
): BucketDeployment => ({
  bucket: properties.DestinationBucketName,
  prefix: (properties.DestinationBucketKeyPrefix ?? '').replace(/^\/|\/$/g, '').replace(/(.)$/, '$1/'),
  sources: properties.SourceObjectKeys.map(assetPath).filter(path => statSync(path).isDirectory()),
  exclude: properties.Exclude ?? [],
  include: properties.Include ?? [],
  prune: properties.Prune === undefined || String(properties.Prune) === 'true',
  headers: properties.SystemMetadata ?? {},
});

export interface PolicyProperties {
  Bucket: string;
  PolicyDocument: { Statement: { Action: string | string[]; Principal?: { Service?: string } }[] };
}

export const listedBucket = ({ Bucket, PolicyDocument }: PolicyProperties): string | undefined =>
  PolicyDocument.Statement.some(
    ({ Action, Principal }) =>
      Principal?.Service === 'cloudfront.amazonaws.com' && [Action].flat().includes('s3:ListBucket'),
  )
    ? Bucket
    : undefined;
