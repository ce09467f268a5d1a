import { S3Client } from '@aws-sdk/client-s3';

/**
 * Place and credentials come from the environment. A call that hangs is ended and tried again well within the seconds an
 * API function has; the largest file moves in less.
 */
export const s3Client = (): S3Client =>
  new S3Client({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 4_000, throwOnRequestTimeout: true },
  });
