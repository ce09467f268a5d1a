/** The environment a function finds here: the template's own, and the addresses of the engines in place of AWS's. */
import type { Credentials } from './dynamodb.ts';
import type { FunctionDefinition } from './functions.ts';
import { region } from './names.ts';

/** Base addresses by service, named as the SDK names them in `AWS_ENDPOINT_URL_…`. */
export type Endpoints = Readonly<
  Record<'DYNAMODB' | 'S3' | 'KMS' | 'SQS' | 'SNS' | 'SESV2' | 'CLOUDFRONT_KEYVALUESTORE', string>
>;

/** Nothing listens there: a client of a service without an engine must not reach AWS instead. */
const nowhere = 'http://127.0.0.1:9';

export const functionEnvironment = (
  definition: FunctionDefinition,
  endpoints: Endpoints,
  credentials: Credentials,
): Record<string, string> => ({
  ...definition.environment,
  ...Object.fromEntries(
    Object.entries(endpoints).map(([service, url]) => [`AWS_ENDPOINT_URL_${service}`, url]),
  ),
  AWS_ENDPOINT_URL: nowhere,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  // Whoever runs this has an AWS configuration of their own, which is none of the portal's business.
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: definition.name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMegabytes),
  LAMBDA_TASK_ROOT: definition.code,
  TZ: 'UTC',
});
