/** What opening a folder is made of: one's own when one signs in, an organisation's when one acts for it. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Settings } from '../configuration.ts';
import { accessLog } from '../storage/access-log.ts';
import { kmsIdentityKeys } from '../storage/identity-keys.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { dynamodbProfiles } from '../storage/profiles.ts';
import { kmsSealer } from '../storage/sealing.ts';

export const openingFolders = (
  environment: Pick<Settings, 'PROFILES_TABLE' | 'ACCESS_LOG_TABLE' | 'SEALING_KEY' | 'IDENTITY_KEY'>,
  client: DynamoDBDocumentClient,
) => {
  const kms = kmsClient();
  const sealer = kmsSealer(kms, environment.SEALING_KEY);
  return {
    sealer,
    profiles: dynamodbProfiles(client, environment.PROFILES_TABLE, sealer),
    identityKeys: kmsIdentityKeys(kms, environment.IDENTITY_KEY),
    log: accessLog({ client, table: environment.ACCESS_LOG_TABLE, sealer }),
  };
};
