import type { Context } from 'aws-lambda';
import { configuration } from '../configuration.ts';
import { readCity } from '../notifications/city.ts';
import { draftWarningTexts } from '../notifications/draft-warning.ts';
import { inTheBackground, senders } from '../notifications/senders.ts';
import { draftWarnings } from '../storage/draft-warnings.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { dynamodbProfiles } from '../storage/profiles.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { type WarnSummary, warnOfExpiry } from './warn.ts';

const environment = configuration(
  'DRAFTS_TABLE',
  'PROFILES_TABLE',
  'SEALING_KEY',
  'EMAIL_FROM',
  'SMS_SENDER_ID',
  'CITY',
  'PORTAL_URL',
);
export type Environment = typeof environment;

const client = documentClient();
const city = readCity(environment.CITY);
const people = dynamodbProfiles(
  client,
  environment.PROFILES_TABLE,
  kmsSealer(kmsClient(), environment.SEALING_KEY),
);

const dependencies = {
  warnings: draftWarnings({ client, table: environment.DRAFTS_TABLE }),
  profile: (owner: string) => people.get(owner),
  texts: (language: 'fi' | 'sv' | 'en', day: string) =>
    draftWarningTexts(language, day, city, environment.PORTAL_URL),
  notify: senders(
    { emailFrom: environment.EMAIL_FROM, smsSenderId: environment.SMS_SENDER_ID },
    inTheBackground,
  ),
  now: Date.now,
};

/** Milliseconds kept back for the message under way. */
const reserve = 20_000;

/** Once a day, by its schedule. */
export const handler = async (_event: unknown, context: Context): Promise<WarnSummary> => {
  const hasTime = () => context.getRemainingTimeInMillis() > reserve;
  const summary = await warnOfExpiry({ ...dependencies, hasTime });
  console.log(JSON.stringify({ at: new Date().toISOString(), level: 'info', draftWarnings: summary }));
  return summary;
};
