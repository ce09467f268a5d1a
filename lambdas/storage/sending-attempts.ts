import { createHash, randomUUID } from 'node:crypto';
import { canonicalJson } from '../domain/canonical.ts';
import type { CaseNumber } from '../domain/case.ts';
import { hasPlace, type Standing } from '../domain/course.ts';
import type { Course } from '../domain/forms/types.ts';
import { type SentDocument, sentDocument } from '../domain/receipt.ts';
import { writeContent, writeEvent } from './case-rows.ts';
import { takePlace } from './course-rows.ts';
import type { Ticket } from './courses.ts';
import { writeDelivery } from './delivery-rows.ts';
import { writeHeader } from './header-rows.ts';
import type { Sealer } from './sealing.ts';
import type { DeliverySubmission, Receipt, Submission } from './sending.ts';
import type { SentFacts } from './sending-rows.ts';
import type { Write } from './transaction.ts';

/** What one try to send writes, under one number. */
export interface Attempt {
  readonly receipt: Receipt;
  /** For the receipt without answers, of what is never stored. */
  readonly facts?: SentFacts;
  /** The number of arrival it takes, by its last write. */
  readonly ticket?: Ticket | undefined;
  readonly writes: readonly Write[];
}

export const putNew = (TableName: string, Item: Record<string, unknown>): Write => ({
  Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' },
});

const hashOf = (document: SentDocument): string =>
  createHash('sha256').update(canonicalJson(document)).digest('hex');

const standingOf = ({ rank }: Ticket, { places }: Course): Standing => ({ rank, places });

/** Header, first event with the hash of what was sent, content, and the place of a course. */
export const caseAttempt = async (
  { cases, sealer }: { readonly cases: string; readonly sealer: Sealer },
  sent: Submission,
  caseNumber: CaseNumber,
  ticket?: Ticket,
): Promise<Attempt> => {
  const { owner, person, draft, content, title, at, service, form, formVersion, course } = sent;
  const times = { submittedAt: at, updatedAt: at, contentUpdatedAt: at, contentUpdatedBy: person };
  const place = ticket && course && standingOf(ticket, course);
  const header = {
    ...{ caseNumber, owner, service, form, formVersion, names: title, ...times },
    ...(sent.messagesElsewhere && { messagesElsewhere: sent.messagesElsewhere }),
    ...(ticket && { place: { course: ticket.course, arrival: ticket.arrival } }),
  };
  const contentSha256 = hashOf(sentDocument({ ...sent, caseNumber, submittedAt: at }, content));
  const { kind, name } = content.applicant;
  const actor = { kind: 'citizen', person, ...(kind === 'organisation' && { name }) } as const;
  const event = { type: 'submitted', id: randomUUID(), sequence: 1, at, actor, contentSha256 } as const;
  const told = place && hasPlace(place) ? 'place' : 'waiting';
  const { attachable = false, withdrawal, amendment, roles } = sent;
  const kept = {
    draft,
    attachable,
    ...(withdrawal && { withdrawal }),
    ...(amendment && { amendment }),
    ...(roles && { roles }),
  };
  return {
    receipt: { caseNumber, stored: true, ...(place && { place }) },
    ticket,
    writes: [
      putNew(cases, writeHeader({ ...header, status: 'sent', revision: 1 })),
      putNew(cases, await writeEvent(sealer, owner, caseNumber, { ...event, ...(place && { place }) })),
      putNew(cases, await writeContent(sealer, owner, caseNumber, kept, content)),
      ...(ticket ? [takePlace(cases, ticket, { at: ticket.at, owner, caseNumber, told })] : []),
    ],
  };
};

/** One row for the department, in a table that has no backups (R6.7). */
export const deliveryAttempt = async (
  { deliveries, sealer }: { readonly deliveries: string; readonly sealer: Sealer },
  sent: DeliverySubmission,
  id: CaseNumber,
): Promise<Attempt> => {
  const { service, form, formVersion, at: submittedAt } = sent;
  const contentSha256 = hashOf(sentDocument({ ...sent, caseNumber: id, submittedAt }, sent));
  return {
    receipt: { caseNumber: id, stored: false },
    facts: { service, form, formVersion, submittedAt, contentSha256 },
    writes: [putNew(deliveries, await writeDelivery(sealer, { ...sent, id, submittedAt }))],
  };
};
