/** What the local run makes of the template: every resource it gives an engine, with its values resolved. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type DeploymentProperties,
  type FunctionProperties,
  listedBucket,
  type MappingDefinition,
  type MappingProperties,
  type RuleProperties,
  type ScheduleDefinition,
  type ScheduleProperties,
  toBucket,
  toDeployment,
  toExpiring,
  toFunction,
  toMapping,
  toQueue,
  toRule,
  toScanPlan,
  toSchedule,
} from './definitions.ts';
import type { BucketDeployment } from './deployment.ts';
import type { TableDefinition } from './dynamodb.ts';
import type { KmsKey } from './engines/kms.ts';
import type { BucketOptions } from './engines/s3.ts';
import type { ScanPlan } from './engines/scanner.ts';
import type { RuleDefinition } from './event-bus.ts';
import type { ExpiringTable } from './expiry.ts';
import type { FunctionDefinition } from './functions.ts';
import { functionName, keyId, tableName } from './names.ts';
import type { QueueDefinition } from './queues.ts';
import type { Resolver } from './resolve.ts';
import type { Resource, Template } from './template.ts';

export interface RouteDefinition {
  readonly key: string;
  readonly functionName: string;
  readonly timeoutMilliseconds: number;
}

export interface LocalStack {
  readonly functions: readonly FunctionDefinition[];
  readonly routes: readonly RouteDefinition[];
  readonly tables: readonly TableDefinition[];
  readonly expiring: readonly ExpiringTable[];
  readonly buckets: Readonly<Record<string, BucketOptions>>;
  /** Of EventBridge's default bus. */
  readonly rules: readonly RuleDefinition[];
  readonly scans: readonly ScanPlan[];
  readonly keys: readonly KmsKey[];
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

const kindOf = (keySpec = 'SYMMETRIC_DEFAULT'): KmsKey['kind'] => {
  if (keySpec.startsWith('HMAC')) return 'hmac';
  return keySpec === 'ECC_NIST_P256' ? 'sign' : 'encrypt';
};

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
    rules: template.ofType('AWS::Events::Rule').map(resource => {
      const [target] = resource.properties.Targets as [{ Arn: unknown }];
      return toRule(
        resolver.properties<RuleProperties>(resource),
        resource,
        functionIn(target.Arn, resource.stack),
      );
    }),
    scans: read('AWS::GuardDuty::MalwareProtectionPlan', toScanPlan),
    keys: read('AWS::KMS::Key', (properties: { KeySpec?: string }, resource) => ({
      id: keyId(resource),
      kind: kindOf(properties.KeySpec),
    })),
    queues: read('AWS::SQS::Queue', toQueue),
    mappings: template.ofType('AWS::Lambda::EventSourceMapping').map(resource => {
      const properties = resolver.properties<MappingProperties>(resource);
      return toMapping(properties, functionIn(resource.properties.FunctionName, resource.stack));
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
