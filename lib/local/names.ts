/** Physical names, ARNs and addresses that the resources of the stack have on this machine. */
import { createHash } from 'node:crypto';
import type { Surroundings } from './resolve.ts';
import type { Resource } from './template.ts';

/** The engines' account: `fauxqs` knows no other. */
export const account = '000000000000';
export const region = 'eu-north-1';

export interface Addresses {
  /** Origin of the portal. */
  readonly portal: string;
  readonly queues: string;
}

/** The name the template gives, or the logical id: it stays the same from one synthesis to the next. */
const named = (resource: Resource, property: string): string => {
  const name = resource.properties[property];
  return typeof name === 'string' ? name : resource.id;
};

/** Bucket names are lower-case and at most 63 characters. */
export const bucketName = (resource: Resource): string =>
  named(resource, 'BucketName').toLowerCase().slice(-63);
export const tableName = (resource: Resource): string => named(resource, 'TableName');
export const queueName = (resource: Resource): string => named(resource, 'QueueName');
export const functionName = (resource: Resource): string => named(resource, 'FunctionName');
/** Where the engine at `engine` has the queue of that name. */
export const queueUrl = (engine: string, name: string): string => `${engine}/${account}/${name}`;

/** A key id in the shape KMS gives them, always the same for a logical id. */
export const keyId = (resource: Resource): string => {
  const hex = createHash('sha256').update(resource.id).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
};

interface Kind {
  ref?(resource: Resource, addresses: Addresses): string;
  arn?(resource: Resource): string;
  readonly attributes?: Readonly<Record<string, (resource: Resource, addresses: Addresses) => string>>;
}

const arn = (service: string, rest: string, global = false): string =>
  `arn:aws:${service}:${global ? '' : region}:${account}:${rest}`;

const functionArn = (resource: Resource): string => arn('lambda', `function:${functionName(resource)}`);
const storeArn = (resource: Resource): string =>
  arn('cloudfront', `key-value-store/${keyId(resource)}`, true);

const kinds: Readonly<Record<string, Kind>> = {
  'AWS::DynamoDB::Table': {
    ref: tableName,
    arn: resource => arn('dynamodb', `table/${tableName(resource)}`),
    attributes: { StreamArn: resource => arn('dynamodb', `table/${tableName(resource)}/stream/local`) },
  },
  'AWS::DynamoDB::GlobalTable': {
    ref: tableName,
    arn: resource => arn('dynamodb', `table/${tableName(resource)}`),
    attributes: { StreamArn: resource => arn('dynamodb', `table/${tableName(resource)}/stream/local`) },
  },
  'AWS::S3::Bucket': {
    ref: bucketName,
    arn: resource => `arn:aws:s3:::${bucketName(resource)}`,
    attributes: {
      DomainName: resource => `${bucketName(resource)}.s3.amazonaws.com`,
      RegionalDomainName: resource => `${bucketName(resource)}.s3.${region}.amazonaws.com`,
    },
  },
  'AWS::SQS::Queue': {
    ref: (resource, { queues }) => queueUrl(queues, queueName(resource)),
    arn: resource => arn('sqs', queueName(resource)),
    attributes: {
      QueueName: queueName,
      QueueUrl: (resource, { queues }) => queueUrl(queues, queueName(resource)),
    },
  },
  'AWS::Lambda::Function': { ref: functionName, arn: functionArn },
  'AWS::Lambda::Version': { ref: resource => `${arn('lambda', 'function')}:${resource.id}:1` },
  'AWS::KMS::Key': {
    ref: keyId,
    arn: resource => arn('kms', `key/${keyId(resource)}`),
    attributes: { KeyId: keyId },
  },
  'AWS::KMS::Alias': { ref: resource => named(resource, 'AliasName') },
  'AWS::SecretsManager::Secret': {
    ref: resource => arn('secretsmanager', `secret:${resource.id}`),
    arn: resource => arn('secretsmanager', `secret:${resource.id}`),
  },
  'AWS::CloudFront::Distribution': { attributes: { DomainName: (_, { portal }) => new URL(portal).host } },
  'AWS::CloudFront::Function': {
    attributes: { FunctionARN: resource => arn('cloudfront', `function/${resource.id}`, true) },
  },
  'AWS::CloudFront::KeyValueStore': { arn: storeArn, attributes: { Id: keyId } },
  'AWS::ApiGatewayV2::Api': {
    attributes: {
      ApiEndpoint: resource => `https://${resource.id.toLowerCase()}.execute-api.${region}.amazonaws.com`,
    },
  },
  'AWS::SNS::Topic': { ref: resource => arn('sns', resource.id) },
  'AWS::Cognito::UserPool': { ref: resource => `${region}_${resource.id}` },
};

/** How `Ref` and `Fn::GetAtt` answer here; `secret` gives the value of a secret by its logical id. */
export const surroundings = (addresses: Addresses, secret: (id: string) => string): Surroundings => ({
  account,
  ref: resource => kinds[resource.type]?.ref?.(resource, addresses) ?? resource.id,
  attribute: (resource, name) => {
    const kind = kinds[resource.type];
    const attribute = kind?.attributes?.[name];
    if (attribute) return attribute(resource, addresses);
    if (name === 'Arn') return kind?.arn?.(resource) ?? arn('local', resource.id);
    // Roles, certificates, alarms: named by policies and such, which nothing here reads.
    return `${resource.id}.${name}`;
  },
  secret: id => secret(id.split(':').at(-1) ?? id),
});
