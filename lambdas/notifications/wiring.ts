/** What writing to people is made of where nobody waits for it. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Settings } from '../configuration.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { dynamodbProfiles } from '../storage/profiles.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { readCity } from './city.ts';
import { inTheBackground, senders } from './senders.ts';

/** With the address of the portal, which letters lead to. */
export const writingSettings = [
  'PROFILES_TABLE',
  'SEALING_KEY',
  'EMAIL_FROM',
  'SMS_SENDER_ID',
  'CITY',
  'PORTAL_URL',
] as const;

export const writing = (
  environment: Pick<Settings, (typeof writingSettings)[number]>,
  client: DynamoDBDocumentClient,
) => {
  const { PROFILES_TABLE, SEALING_KEY, EMAIL_FROM: emailFrom, SMS_SENDER_ID: smsSenderId } = environment;
  const people = dynamodbProfiles(client, PROFILES_TABLE, kmsSealer(kmsClient(), SEALING_KEY));
  return {
    city: readCity(environment.CITY),
    profile: (owner: string) => people.get(owner),
    notify: senders({ emailFrom, smsSenderId }, inTheBackground),
  };
};
