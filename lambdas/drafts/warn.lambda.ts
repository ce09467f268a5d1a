import type { Context } from 'aws-lambda';
import { configuration } from '../configuration.ts';
import type { Language } from '../domain/language.ts';
import { draftWarningTexts } from '../notifications/draft-warning.ts';
import { logRun, timeWithin } from '../notifications/run.ts';
import { writing, writingSettings } from '../notifications/wiring.ts';
import { draftWarnings } from '../storage/draft-warnings.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { type WarnSummary, warnOfExpiry } from './warn.ts';

const environment = configuration('DRAFTS_TABLE', ...writingSettings);
export type Environment = typeof environment;

const client = documentClient();
const { city, ...people } = writing(environment, client);

const dependencies = {
  ...people,
  warnings: draftWarnings({ client, table: environment.DRAFTS_TABLE }),
  texts: (language: Language, day: string) => draftWarningTexts(language, day, city, environment.PORTAL_URL),
  now: Date.now,
};

/** Once a day, by its schedule. */
export const handler = async (_event: unknown, context: Context): Promise<WarnSummary> => {
  const summary = await warnOfExpiry({ ...dependencies, hasTime: timeWithin(context) });
  logRun({ draftWarnings: summary });
  return summary;
};
