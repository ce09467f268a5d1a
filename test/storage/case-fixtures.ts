import { randomBytes } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { EpochMs } from '../../lambdas/domain/case.ts';
import { caseEvents, type NewEvent } from '../../lambdas/storage/case-events.ts';
import { cases } from '../../lambdas/storage/cases.ts';
import { consents } from '../../lambdas/storage/consents.ts';
import { courseSettling } from '../../lambdas/storage/course-settling.ts';
import { courses } from '../../lambdas/storage/courses.ts';
import { deliveries } from '../../lambdas/storage/deliveries.ts';
import { folder } from '../../lambdas/storage/folder.ts';
import { sealer as sealerOf } from '../../lambdas/storage/sealing.ts';
import { seen } from '../../lambdas/storage/seen.ts';
import type { Submission } from '../../lambdas/storage/sending.ts';
import { submissions } from '../../lambdas/storage/submissions.ts';
import { tables } from './dynamodb-local.ts';

type Client = Pick<DynamoDBDocumentClient, 'send'>;

/** 2026-11-23 10:00 in Helsinki. */
export const monday: EpochMs = Date.parse('2026-11-23T10:00:00+02:00');

const key = randomBytes(32);
/** A wrapped key is as long as one of KMS: rows cost what they will cost. */
export const sealer = sealerOf({
  current: async () => ({ key, wrapped: randomBytes(184) }),
  unwrap: async () => key,
});

/** Everything that reads and writes cases, over one client. */
export const caseStore = (client: Client) => ({
  cases: cases({ client, table: tables.cases, sealer }),
  folder: folder({ client, table: tables.cases }),
  events: caseEvents({ client, cases: tables.cases, digests: tables.digests, sealer }),
  seen: seen({ client, table: tables.cases }),
  submissions: submissions({
    client,
    cases: tables.cases,
    drafts: tables.drafts,
    attachments: tables.attachments,
    deliveries: tables.deliveries,
    prefix: 'HEL',
    sealer,
    courses: courses({ client, table: tables.cases }),
  }),
  courses: courses({ client, table: tables.cases }),
  settling: courseSettling(
    { client, table: tables.cases },
    {
      courses: courses({ client, table: tables.cases }),
      events: caseEvents({ client, cases: tables.cases, digests: tables.digests, sealer }),
    },
  ),
  consents: consents({ client, table: tables.cases }),
  deliveries: deliveries({ client, table: tables.deliveries, cases: tables.cases, sealer }),
});

export const submission = (owner: string, draft: string, more: Partial<Submission> = {}): Submission => ({
  owner,
  person: owner,
  draft,
  service: 'koirailmoitus',
  form: 'koirailmoitus',
  formVersion: '0123456789ab',
  digest: 'one content',
  at: monday,
  signedInAt: monday,
  title: { fi: 'Koirailmoitus', sv: 'Anmälan om hund', en: 'Dog registration' },
  content: {
    applicant: { kind: 'person', name: 'Maija Meikäläinen', identityCode: '010190-900Y' },
    answers: { dog: { name: 'Musti', breed: 'lapinkoira', born: '2025-05-01' }, consent: true },
    language: 'fi',
    attachments: [],
  },
  ...more,
});

export const message = (
  owner: string,
  caseNumber: string,
  key: string,
  more: Partial<NewEvent> = {},
): NewEvent => ({
  owner,
  caseNumber,
  key,
  body: { type: 'message', text: 'Lähetättekö vielä rokotustodistuksen?' },
  actor: { kind: 'department', client: 'local-department' },
  now: monday + 60_000,
  judge: async ({ status }) => status,
  tell: true,
  ...more,
});
