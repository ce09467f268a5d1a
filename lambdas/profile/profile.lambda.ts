import { configuration } from '../configuration.ts';
import type { Language } from '../domain/language.ts';
import { api } from '../http/api.ts';
import type { CitizenRequest } from '../http/request.ts';
import { routes } from '../http/routes.ts';
import { readCity } from '../notifications/city.ts';
import { addressGoneTexts, codeTexts } from '../notifications/contact-change.ts';
import { sendersOnDemand } from '../notifications/senders-on-demand.ts';
import { accessLog } from '../storage/access-log.ts';
import { confirmationCodes } from '../storage/confirmation-codes.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { dynamodbProfiles } from '../storage/profiles.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { subjects } from '../storage/subjects.ts';
import { warnings } from '../storage/warnings.ts';
import { confirmContact, requestCode } from './confirmation.ts';
import { saveProfile, showProfile } from './profile.ts';

const environment = configuration(
  'PORTAL_URL',
  'ORIGIN_SECRET',
  'SESSIONS_TABLE',
  'PROFILES_TABLE',
  'ACCESS_LOG_TABLE',
  'SEALING_KEY',
  'EMAIL_FROM',
  'SMS_SENDER_ID',
  'CITY',
);
export type Environment = typeof environment;

const client = documentClient();
const sessions = dynamodbSessions(client, environment.SESSIONS_TABLE);
const sealer = kmsSealer(kmsClient(), environment.SEALING_KEY);
const profiles = dynamodbProfiles(client, environment.PROFILES_TABLE, sealer);
const city = readCity(environment.CITY);
const dependencies = {
  profiles,
  sessions,
  subjects: subjects({ client, table: environment.PROFILES_TABLE }),
  log: accessLog({ client, table: environment.ACCESS_LOG_TABLE, sealer }),
  warnings: warnings({ client, table: environment.PROFILES_TABLE, sealer }),
  codes: confirmationCodes({ client, table: environment.SESSIONS_TABLE, sealer }),
  notify: sendersOnDemand({ emailFrom: environment.EMAIL_FROM, smsSenderId: environment.SMS_SENDER_ID }),
  texts: {
    code: (language: Language, code: string) => codeTexts(language, code, city),
    addressGone: (language: Language) => addressGoneTexts(language, city, environment.PORTAL_URL),
  },
};

export const handler = api(
  routes<CitizenRequest>({
    'GET /api/profile': request => showProfile(request, dependencies),
    'PUT /api/profile': request => saveProfile(request, dependencies),
    'POST /api/profile/codes': request => requestCode(request, dependencies),
    'POST /api/profile/confirmations': request => confirmContact(request, dependencies),
  }),
  { access: 'session', environment, sessions },
);
