/** What the local run makes of the template: every resource it gives an engine, with its values resolved. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BucketDeployment } from './deployment.ts';
import type { TableDefinition } from './dynamodb.ts';
import type { CorsRule } from './engines/s3/cors.ts';
import type { ExpiringTable } from './expiry.ts';
import type { FunctionDefinition } from './functions.ts';
import { account, bucketName, functionName, keyId, queueName, region, tableName } from './names.ts';
import type { QueueDefinition } from './queues.ts';
import type { Resolver } from './resolve.ts';
import type { Resource, Template } from './template.ts';

export interface RouteDefinition {
  readonly key: string;
  readonly functionName: string;
  readonly timeoutMilliseconds: number;
}

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

export interface LocalStack {
  readonly functions: readonly FunctionDefinition[];
  readonly routes: readonly RouteDefinition[];
  readonly tables: readonly TableDefinition[];
  readonly expiring: readonly ExpiringTable[];
  readonly buckets: Readonly<Record<string, { readonly cors?: readonly CorsRule[] }>>;
  readonly keys: readonly { readonly id: string; readonly kind: 'encrypt' | 'hmac' }[];
  readonly queues: readonly QueueDefinition[];
  readonly mappings: readonly MappingDefinition[];
  readonly schedules: readonly ScheduleDefinition[];
  readonly deployments: readonly BucketDeployment[];
  /** Functions invoked after a deployment, in order. */
  readonly triggers: readonly string[];
  /** Buckets whose policy lets CloudFront list them: only there a missing object is a 404. */
  readonly listed: ReadonlySet<string>;
}

type Node = Readonly<Record<string, unknown>>;

/** The logical id a raw `Ref` or `Fn::GetAtt` names, wherever in the value it is. */
const idIn = (value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  const { Ref, 'Fn::GetAtt': attribute } = value as Node;
  if (typeof Ref === 'string' && !Ref.startsWith('AWS::')) return Ref;
  if (attribute !== undefined)
    return Array.isArray(attribute) ? String(attribute[0]) : String(attribute).split('.')[0];
  for (const each of Object.values(value)) {
    const found = idIn(each);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** As many at once as this machine bears; the template's own reservation goes before. */
const concurrency = 8;

export const readStack = (template: Template, resolver: Resolver): LocalStack => {
  /** The function a raw value points at, through a version or an alias. */
  const functionIn = (value: unknown, stack: string): string => {
    const id = idIn(value);
    const resource = id === undefined ? undefined : template.stacks.get(stack)?.resources.get(id);
    if (resource?.type === 'AWS::Lambda::Function') return functionName(resource);
    if (resource) return functionIn(resource.properties.FunctionName, stack);
    throw new Error(`no function behind ${JSON.stringify(value)}`);
  };

  const read = <P, T>(type: string, convert: (properties: P, resource: Resource) => T): T[] =>
    template.ofType(type).map(resource => convert(resolver.properties<P>(resource), resource));

  const folderOf = (properties: { Code: { S3Key?: string } }): string =>
    properties.Code.S3Key === undefined ? '' : template.assetPath(properties.Code.S3Key);

  return {
    functions: read('AWS::Lambda::Function', (properties: FunctionProperties, resource) =>
      toFunction(properties, resource, folderOf(properties)),
    ).filter(each => existsSync(join(each.code, 'index.mjs'))),
    routes: template.ofType('AWS::ApiGatewayV2::Route').map(resource => {
      const { RouteKey } = resolver.properties<{ RouteKey: string }>(resource);
      const integration = template.stacks
        .get(resource.stack)
        ?.resources.get(idIn(resource.properties.Target) ?? '');
      if (!integration) throw new Error(`route ${RouteKey} has no integration`);
      return {
        key: RouteKey,
        functionName: functionIn(integration.properties.IntegrationUri, resource.stack),
        timeoutMilliseconds: Number(integration.properties.TimeoutInMillis ?? 30_000),
      };
    }),
    tables: read('AWS::DynamoDB::Table', (properties: TableDefinition, resource) => ({
      ...properties,
      TableName: tableName(resource),
    })),
    expiring: read('AWS::DynamoDB::Table', toExpiring).flatMap(each => each ?? []),
    buckets: Object.fromEntries(read('AWS::S3::Bucket', toBucket)),
    keys: read('AWS::KMS::Key', (properties: { KeySpec?: string }, resource) => ({
      id: keyId(resource),
      kind: properties.KeySpec?.startsWith('HMAC') ? ('hmac' as const) : ('encrypt' as const),
    })),
    queues: read('AWS::SQS::Queue', toQueue),
    mappings: template.ofType('AWS::Lambda::EventSourceMapping').flatMap(resource => {
      const properties = resolver.properties<MappingProperties>(resource);
      return properties.EventSourceArn.includes(':sqs:')
        ? [toMapping(properties, functionIn(resource.properties.FunctionName, resource.stack))]
        : [];
    }),
    schedules: template.ofType('AWS::Scheduler::Schedule').map(resource => {
      const properties = resolver.properties<ScheduleProperties>(resource);
      const { Arn } = resource.properties.Target as { Arn: unknown };
      return toSchedule(properties, resource, functionIn(Arn, resource.stack));
    }),
    deployments: read('Custom::CDKBucketDeployment', (properties: DeploymentProperties) =>
      toDeployment(properties, key => template.assetPath(key)),
    ),
    triggers: template
      .ofType('Custom::Trigger')
      .map(resource => functionIn(resource.properties.HandlerArn, resource.stack)),
    listed: new Set(read('AWS::S3::BucketPolicy', listedBucket).flatMap(each => each ?? [])),
  };
};

interface FunctionProperties {
  Code: { S3Key?: string };
  Handler: string;
  Timeout?: number;
  MemorySize?: number;
  ReservedConcurrentExecutions?: number;
  Environment?: { Variables?: Record<string, string> };
}

const toFunction = (
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

const toExpiring = (
  properties: TableDefinition & { TimeToLiveSpecification?: { AttributeName: string; Enabled: boolean } },
  resource: Resource,
): ExpiringTable | undefined => {
  const { TimeToLiveSpecification: expiry, KeySchema = [] } = properties;
  if (!expiry?.Enabled) return undefined;
  const keys = KeySchema.map(key => key.AttributeName ?? '');
  return { name: tableName(resource), attribute: expiry.AttributeName, keys };
};

interface BucketProperties {
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

const toBucket = (properties: BucketProperties, resource: Resource): [string, { cors?: CorsRule[] }] => {
  const rules = properties.CorsConfiguration?.CorsRules.map(rule => ({
    allowedOrigins: rule.AllowedOrigins,
    allowedMethods: rule.AllowedMethods,
    ...(rule.AllowedHeaders && { allowedHeaders: rule.AllowedHeaders }),
    ...(rule.ExposedHeaders && { exposedHeaders: rule.ExposedHeaders }),
    ...(rule.MaxAge !== undefined && { maxAgeSeconds: rule.MaxAge }),
  }));
  return [bucketName(resource), rules ? { cors: rules } : {}];
};

interface QueueProperties {
  VisibilityTimeout?: number;
  DelaySeconds?: number;
  FifoQueue?: boolean;
  RedrivePolicy?: { deadLetterTargetArn: string; maxReceiveCount: number };
}

/** Without its address: the engine's is known only once it runs. */
const toQueue = (properties: QueueProperties, resource: Resource): QueueDefinition => ({
  name: queueName(resource),
  arn: `arn:aws:sqs:${region}:${account}:${queueName(resource)}`,
  visibilitySeconds: properties.VisibilityTimeout ?? 30,
  delaySeconds: properties.DelaySeconds ?? 0,
  fifo: properties.FifoQueue === true,
  ...(properties.RedrivePolicy && { redrive: properties.RedrivePolicy }),
});

interface MappingProperties {
  EventSourceArn: string;
  BatchSize?: number;
  Enabled?: boolean;
  FunctionResponseTypes?: string[];
  ScalingConfig?: { MaximumConcurrency?: number };
}

const toMapping = (properties: MappingProperties, target: string): MappingDefinition => ({
  queueArn: properties.EventSourceArn,
  functionName: target,
  batchSize: properties.BatchSize ?? 10,
  concurrency: properties.ScalingConfig?.MaximumConcurrency ?? 2,
  reportsFailures: properties.FunctionResponseTypes?.includes('ReportBatchItemFailures') === true,
});

interface ScheduleProperties {
  ScheduleExpression: string;
  ScheduleExpressionTimezone?: string;
  Target: { Input?: string };
}

const toSchedule = (
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

interface DeploymentProperties {
  DestinationBucketName: string;
  DestinationBucketKeyPrefix?: string;
  SourceObjectKeys: string[];
  Exclude?: string[];
  Include?: string[];
  Prune?: boolean | string;
  SystemMetadata?: Record<string, string>;
}

const toDeployment = (
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

interface PolicyProperties {
  Bucket: string;
  PolicyDocument: { Statement: { Action: string | string[]; Principal?: { Service?: string } }[] };
}

const listedBucket = ({ Bucket, PolicyDocument }: PolicyProperties): string | undefined =>
  PolicyDocument.Statement.some(
    ({ Action, Principal }) =>
      Principal?.Service === 'cloudfront.amazonaws.com' && [Action].flat().includes('s3:ListBucket'),
  )
    ? Bucket
    : undefined;
