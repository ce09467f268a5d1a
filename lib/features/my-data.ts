import { Construct } from 'constructs';
import type { Environment as ExportEnvironment } from '../../lambdas/my-data/export.lambda.ts';
import type { Environment as RemoveEnvironment } from '../../lambdas/my-data/remove.lambda.ts';
import type { City } from '../../lambdas/notifications/city.ts';
import { markAttributes } from '../../lambdas/storage/deletion-marks.ts';
import { ApiFunction } from '../api-function.ts';
import type { Ground } from '../ground.ts';
import type { PortalFunction } from '../portal-function.ts';
import { clean, quarantined } from './attachments.ts';

/** A folder of thousands of cases is opened whole. */
export const wholeFolderSeconds = 28;

/** Tables that hold something of a person, whoever's call it is. */
export const personTables = ({ tables }: Ground) => ({
  PROFILES_TABLE: tables.profiles.name,
  CASES_TABLE: tables.cases.name,
  DRAFTS_TABLE: tables.drafts.name,
  ATTACHMENTS_TABLE: tables.attachments.name,
  DIGESTS_TABLE: tables.digests.name,
});

/** To read all of a person, sealed or not. */
export const grantCollecting = ({ tables, keys }: Ground, reader: PortalFunction): void => {
  tables.profiles.grant(reader, ['GetItem'], ['OWNER#*']);
  tables.cases.grant(reader, ['GetItem', 'Query'], ['OWNER#*', 'CASE#*', 'SEEN#*', 'COURSE#*']);
  tables.drafts.grant(reader, ['GetItem', 'Query'], ['OWNER#*']);
  tables.attachments.grant(reader, ['Query'], ['OWNER#*']);
  tables.digests.grant(reader, ['Query'], ['SENT#*']);
  tables.accessLog.grant(reader, ['Query'], ['OWNER#*']);
  keys.grantOpen(reader);
};

/** Nothing sealed can be opened by who deletes, and the log of who looked cannot be touched. */
export const grantErasure = ({ tables, buckets }: Ground, remover: PortalFunction): void => {
  const whole = ['Query', 'DeleteItem'] as const;
  tables.sessions.grant(remover, [...whole, 'UpdateItem'], ['SESSION#*', 'PERSON#*', 'CODE#*']);
  tables.profiles.grant(remover, whole, ['OWNER#*', 'IDENTITY#*', 'SUBJECT#*']);
  tables.profiles.grant(remover, ['ConditionCheckItem'], ['OWNER#*']);
  // In a case's own partition only an unfinished answer goes.
  tables.cases.grant(remover, whole, ['OWNER#*', 'CASE#*']);
  // That it has been done, and nothing of a case.
  tables.cases.grant(remover, ['PutItem'], ['OWNER#*'], markAttributes);
  // Whether a form that is never stored waits for its department still.
  tables.cases.grant(remover, ['Query'], ['NUMBER#*']);
  tables.drafts.grant(remover, whole, ['OWNER#*']);
  tables.attachments.grant(remover, [...whole, 'UpdateItem'], ['OWNER#*']);
  tables.digests.grant(remover, whole, ['SHARD#*', 'SENT#*']);
  buckets.uploads.grantDelete(remover, quarantined, clean);
};

/** One's data to take along, and to have deleted (GDPR, articles 15, 17 and 20): apart, so that who reads cannot delete. */
export class MyData extends Construct {
  constructor(scope: Construct, id: string, ground: Ground) {
    super(scope, id);
    const { stage, keys, tables, buckets } = ground;
    const sessions = { SESSIONS_TABLE: tables.sessions.name };

    const all = new ApiFunction<ExportEnvironment>(this, 'Export', ground, {
      bundle: 'my-data-export',
      routes: ['GET /api/profile/export'],
      environment: {
        ...personTables(ground),
        ...sessions,
        ACCESS_LOG_TABLE: tables.accessLog.name,
        SEALING_KEY: keys.sealing.keyArn,
        CONTENT_BUCKET: buckets.content.name,
        CITY: JSON.stringify({ name: stage.city.name, helpline: stage.city.helpline } satisfies City),
      },
      timeoutSeconds: wholeFolderSeconds,
    });
    tables.grantSession(all);
    grantCollecting(ground, all);
    buckets.content.grantGet(all, 'forms/*');
    buckets.content.grantList(all);

    const remove = new ApiFunction<RemoveEnvironment>(this, 'Remove', ground, {
      bundle: 'my-data-remove',
      routes: ['DELETE /api/profile'],
      environment: { ...personTables(ground), ...sessions, UPLOADS_BUCKET: buckets.uploads.name },
      timeoutSeconds: wholeFolderSeconds,
    });
    tables.grantSession(remove);
    grantErasure(ground, remove);
  }
}
