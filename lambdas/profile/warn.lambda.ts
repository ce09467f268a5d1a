import type { Context } from 'aws-lambda';
import { configuration } from '../configuration.ts';
import type { Language } from '../domain/language.ts';
import { readCity } from '../notifications/city.ts';
import { addressGoneTexts } from '../notifications/contact-change.ts';
import { logRun, timeWithin } from '../notifications/run.ts';
import { sendersOnDemand } from '../notifications/senders-on-demand.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { warnings } from '../storage/warnings.ts';
import { type WarnSummary, warnOwed } from './warn.ts';

const environment = configuration(
  'PROFILES_TABLE',
  'SEALING_KEY',
  'EMAIL_FROM',
  'SMS_SENDER_ID',
  'CITY',
  'PORTAL_URL',
);
export type Environment = typeof environment;

const city = readCity(environment.CITY);
const dependencies = {
  warnings: warnings({
    client: documentClient(),
    table: environment.PROFILES_TABLE,
    sealer: kmsSealer(kmsClient(), environment.SEALING_KEY),
  }),
  // Most runs find nothing to send.
  notify: sendersOnDemand({ emailFrom: environment.EMAIL_FROM, smsSenderId: environment.SMS_SENDER_ID }),
  texts: { addressGone: (language: Language) => addressGoneTexts(language, city, environment.PORTAL_URL) },
  now: Date.now,
};

/** Every ten minutes, by its schedule. */
export const handler = async (_event: unknown, context: Context): Promise<WarnSummary> => {
  const summary = await warnOwed({ ...dependencies, hasTime: timeWithin(context) });
  logRun({ oldAddresses: summary }, summary.lost + summary.unreadable > 0 ? 'warn' : 'info');
  return summary;
};
