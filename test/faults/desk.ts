/** Sending as the Lambda does it, over DynamoDB Local, with everything outside behind a fuse; and what came of it. */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { submitCase } from '../../lambdas/cases/submit.ts';
import { courseId } from '../../lambdas/domain/course.ts';
import type { CompiledForm } from '../../lambdas/domain/forms/types.ts';
import { refuse } from '../../lambdas/domain/refusal.ts';
import type { CitizenRequest } from '../../lambdas/http/request.ts';
import type { SubmissionAnswer } from '../../lambdas/http/wire/cases.ts';
import { amendedWriter } from '../../lambdas/storage/amendments.ts';
import { attachments } from '../../lambdas/storage/attachments.ts';
import { caseEvents } from '../../lambdas/storage/case-events.ts';
import { cases } from '../../lambdas/storage/cases.ts';
import { consents } from '../../lambdas/storage/consents.ts';
import { courseSettling } from '../../lambdas/storage/course-settling.ts';
import { courses } from '../../lambdas/storage/courses.ts';
import { deliveriesKey } from '../../lambdas/storage/delivery-rows.ts';
import { drafts } from '../../lambdas/storage/drafts.ts';
import { sealer as sealerOf } from '../../lambdas/storage/sealing.ts';
import { submissions } from '../../lambdas/storage/submissions.ts';
import { tables } from '../storage/dynamodb-local.ts';
import { type Client, type Fuse, through, wire } from './fuse.ts';
import type { Plant } from './plants.ts';

export const now = Date.parse('2026-11-23T10:00:00+02:00');
const key = Buffer.alloc(32, 7);

export interface Person {
  readonly owner: string;
  readonly draft: string;
}

/** One process of the portal. */
export const desk = (client: Client, forms: readonly CompiledForm[], cable: Fuse = wire, plant?: Plant) => {
  const wired = through(client, cable);
  const spoken = plant ? plant.client(wired) : wired;
  const sealer = sealerOf({
    current: () => cable.call(async () => ({ key, wrapped: new Uint8Array(184) })),
    unwrap: () => cable.call(async () => key),
  });
  const table = { client: spoken, table: tables.cases };
  const files = attachments({ client: spoken, table: tables.attachments, drafts: tables.drafts, sealer });
  const queue = courses(table);
  const sending = submissions({
    client: spoken,
    cases: tables.cases,
    drafts: tables.drafts,
    deliveries: tables.deliveries,
    attachments: tables.attachments,
    prefix: 'HEL',
    sealer,
    courses: queue,
  });
  const dependencies = {
    submissions: sending,
    amending: {
      cases: cases({ ...table, sealer }),
      events: caseEvents({ client: spoken, cases: tables.cases, sealer }),
      submissions: sending,
      writeVersion: amendedWriter({ cases: tables.cases, sealer }),
    },
    forms: {
      get: (id: string) =>
        cable.call(async () => forms.find(form => form.id === id) ?? refuse({ kind: 'not-found' })),
    },
    attachments: files,
    uploads: { arrived: () => cable.call(async () => true) },
    consents: consents(table),
  };
  const settling = courseSettling(table, {
    courses: queue,
    events: caseEvents({ client: spoken, cases: tables.cases, digests: tables.digests, sealer }),
  });

  return {
    files,
    settling,
    /** A sending that draws its number in the queue of a course and then dies for good. */
    abandon: async (form: CompiledForm) => {
      const { id, settings } = form;
      if (settings.course)
        await queue.arrive({ form: id, course: settings.course, owner: 'abandoner', draft: 'draft', now });
    },
    cases: cases({ ...table, sealer }),
    drafts: drafts({ client: spoken, table: tables.drafts, sealer }),
    /** The number somebody was told; throws what they were told instead. */
    send: async (
      { owner, draft }: Person,
      form: CompiledForm,
      answers: CompiledForm['texts']['fi'] | object,
    ): Promise<SubmissionAnswer> => {
      const identity = { name: 'Maija Meikäläinen' };
      const session = { owner, person: owner, kind: 'person', identity, startedAt: now };
      const answer = await submitCase(
        {
          headers: { 'idempotency-key': draft },
          body: { form: form.id, formVersion: form.version, language: 'fi', answers },
          session,
          now,
        } as unknown as CitizenRequest,
        dependencies,
      );
      return answer.body as SubmissionAnswer;
    },
    /** Numbers of what waits for a department. */
    deliveries: async (service: string): Promise<readonly string[]> => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: tables.deliveries,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': deliveriesKey(service) },
          ConsistentRead: true,
        }),
      );
      return Items.map(({ sk }) => String(sk));
    },
    courseOf: (form: CompiledForm) => (form.settings.course ? courseId(form.id, form.settings.course) : ''),
  };
};

export type Desk = ReturnType<typeof desk>;
