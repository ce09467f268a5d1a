import * as z from 'zod/mini';
import type { EventBody } from './case.ts';
import { type CoursePlace, comesBack } from './course.ts';
import { refuse } from './refusal.ts';
import { mayFollow, type Status, statuses } from './status.ts';

/** Characters. */
export const textLimit = 10_000;
const titleLimit = 200;
const labelLimit = 60;

/** Written text: trimmed, not empty, without control characters but line breaks and tabs. */
const writing = (limit: number) =>
  z.string().check(
    z.trim(),
    z.minLength(1),
    z.maxLength(limit),
    z.refine(text => !/[^\P{Cc}\t\n\r]/u.test(text)),
  );

const translated = (limit: number) =>
  z.strictObject({ fi: writing(limit), sv: writing(limit), en: writing(limit) });

const appeal = z.strictObject({
  instructions: z.optional(translated(textLimit)),
  url: z.optional(z.url({ protocol: /^https$/, hostname: z.regexes.domain }).check(z.maxLength(500))),
  dueDate: z.optional(z.iso.date()),
});

/** What a department may add to a case (`POST …/events`). Unknown members are refused: a misspelt one would be lost. */
export const departmentEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('status'),
    status: z.enum(statuses),
    label: z.optional(translated(labelLimit)),
  }),
  z.strictObject({ type: z.literal('message'), text: writing(textLimit) }),
  z.strictObject({ type: z.literal('conversation-closed') }),
  z.strictObject({
    type: z.literal('decision'),
    title: translated(titleLimit),
    text: writing(textLimit),
    appeal: z.optional(appeal),
  }),
  z.strictObject({ type: z.literal('request'), text: writing(textLimit), dueDate: z.optional(z.iso.date()) }),
]);

export type DepartmentEvent = Extract<EventBody, { type: z.infer<typeof departmentEvent>['type'] }>;

/** Files of one answer. */
const filesLimit = 10;

/** What a citizen may add: an answer (R8.1), with files they have uploaded for the case. */
export const citizenMessage = z.strictObject({
  text: writing(4_000),
  attachments: z._default(z.array(z.uuid()).check(z.maxLength(filesLimit)), []),
});

/** An answer that is not finished: kept as it stands, an empty one not at all. */
export const replyDraft = z.strictObject({ text: z.string().check(z.maxLength(4_000)) });

/**
 * Refuses `status-not-allowed`; for a case with a `place` on a course also where it would come back to the course it
 * has left. Any other event leaves the status as it is.
 */
export const statusAfter = (from: Status, event: EventBody, place?: CoursePlace): Status => {
  if (event.type !== 'status') return from;
  const to = event.status;
  const isAllowed = mayFollow(from, to) && !(place && comesBack(from, to));
  return isAllowed ? to : refuse({ kind: 'status-not-allowed', from, to });
};
