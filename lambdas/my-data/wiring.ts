/** What collecting and erasing are made of, for the person's own calls and for the city's profile system's. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Settings } from '../configuration.ts';
import { accessLogReading } from '../storage/access-log.ts';
import { attachments } from '../storage/attachments.ts';
import { cases, folderReading } from '../storage/cases.ts';
import { consents } from '../storage/consents.ts';
import { courses } from '../storage/courses.ts';
import { drafts } from '../storage/drafts.ts';
import { erasure } from '../storage/erasure.ts';
import { holdings } from '../storage/holdings.ts';
import { sentNotices } from '../storage/notices.ts';
import { dynamodbProfiles } from '../storage/profiles.ts';
import type { Sealer } from '../storage/sealing.ts';
import { seen } from '../storage/seen.ts';
import { sentFacts } from '../storage/sent-facts.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { removalsOnDemand } from '../storage/uploads-on-demand.ts';
import type { CollectDependencies } from './collect.ts';
import type { RemovalDependencies } from './remove.ts';

/** Where a person's data lies; their sessions and the log of who looked are apart. */
export const personalTables = [
  'PROFILES_TABLE',
  'CASES_TABLE',
  'DRAFTS_TABLE',
  'ATTACHMENTS_TABLE',
  'DIGESTS_TABLE',
] as const;
type Tables = (typeof personalTables)[number];

export const collecting = (
  environment: Pick<Settings, Tables | 'ACCESS_LOG_TABLE'>,
  client: DynamoDBDocumentClient,
  sealer: Sealer,
): CollectDependencies => {
  const table = { client, table: environment.CASES_TABLE };
  const draftsTable = { client, table: environment.DRAFTS_TABLE, sealer };
  return {
    profiles: dynamodbProfiles(client, environment.PROFILES_TABLE, sealer),
    cases: cases({ ...table, sealer }),
    seen: seen(table),
    courses: courses(table),
    consents: consents(table),
    attachments: attachments({ client, table: environment.ATTACHMENTS_TABLE, sealer }),
    drafts: drafts(draftsTable),
    facts: sentFacts(draftsTable),
    notices: sentNotices({ client, table: environment.DIGESTS_TABLE }),
    accessLog: accessLogReading({ client, table: environment.ACCESS_LOG_TABLE, sealer }),
  };
};

export const removing = (
  environment: Pick<Settings, Tables | 'SESSIONS_TABLE' | 'UPLOADS_BUCKET'>,
  client: DynamoDBDocumentClient,
): RemovalDependencies => {
  const tables = {
    profiles: environment.PROFILES_TABLE,
    cases: environment.CASES_TABLE,
    drafts: environment.DRAFTS_TABLE,
    attachments: environment.ATTACHMENTS_TABLE,
    digests: environment.DIGESTS_TABLE,
    sessions: environment.SESSIONS_TABLE,
  };
  return {
    cases: folderReading({ client, table: tables.cases }),
    holdings: holdings(client, tables),
    erasure: erasure(client, tables, removalsOnDemand(environment.UPLOADS_BUCKET)),
    sessions: dynamodbSessions(client, environment.SESSIONS_TABLE),
    now: Date.now,
  };
};
