import { KMSClient } from '@aws-sdk/client-kms';

/** KMS answers in milliseconds: what takes seconds is lost and better asked for again. */
export const kmsClient = (): KMSClient =>
  new KMSClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_500, throwOnRequestTimeout: true },
  });
