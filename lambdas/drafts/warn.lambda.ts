import type { Context } from 'aws-lambda';
import { configuration } from '../configuration.ts';
import type { Language } from '../domain/language.ts';
import { draftWarningTexts } from '../notifications/draft-warning.ts';
import { writing } from '../notifications/wiring.ts';
import { draftWarnings } from '../storage/draft-warnings.ts';
import { documentClient } from '../storage/dynamodb.ts';
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
const { city, ...people } = writing(environment, client);

const dependencies = {
  ...people,
  warnings: draftWarnings({ client, table: environment.DRAFTS_TABLE }),
  texts: (language: Language, day: string) => draftWarningTexts(language, day, city, environment.PORTAL_URL),
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
