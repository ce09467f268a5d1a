import * as z from 'zod/mini';
import { recordReading } from '../access-log/record.ts';
import type { CaseAttachment, CaseEvent, CaseNumber, OwnerId } from '../domain/case.ts';
import { type CasePrefix, parseCaseNumber } from '../domain/case-number.ts';
import { attachmentsOfCase, takesAttachments } from '../domain/custody.ts';
import { citizenMessage } from '../domain/department-event.ts';
import { conversation } from '../domain/folder.ts';
import { refuse } from '../domain/refusal.ts';
import { type Answer, created, noContent, ok } from '../http/answer.ts';
import { parse } from '../http/body.ts';
import { idempotencyKey } from '../http/preconditions.ts';
import type { CitizenRequest } from '../http/request.ts';
import { routes } from '../http/routes.ts';
import type { CaseAnswer, CitizenEvent } from '../http/wire.ts';
import type { AccessLog } from '../storage/access-log.ts';
import type { Attachments } from '../storage/attachments.ts';
import type { CaseEvents, NewEvent } from '../storage/case-events.ts';
import type { Cases, OpenedCase } from '../storage/cases.ts';
import { standingNow } from '../storage/course-standing.ts';
import type { Courses } from '../storage/courses.ts';
import type { Seen } from '../storage/seen.ts';
import { summary } from './folder.ts';

/** What it takes to tell all of a case. */
export interface CaseReading {
  readonly cases: Pick<Cases, 'open'>;
  readonly seen: Pick<Seen, 'marks'>;
  readonly attachments: Pick<Attachments, 'custody'>;
  readonly courses: Pick<Courses, 'counter'>;
}

export interface CaseDependencies extends CaseReading {
  readonly seen: Seen;
  readonly events: CaseEvents;
  readonly log: Pick<AccessLog, 'addReading'>;
  readonly prefix: CasePrefix;
}

/** The number in the path, however it was typed. What cannot be one is unknown like any other. */
const numberOf = ({ parameters }: CitizenRequest, prefix: CasePrefix): CaseNumber =>
  parseCaseNumber(prefix, parameters.caseNumber ?? '') ?? refuse({ kind: 'not-found' });

/** Who of the organisation or the department it was stays inside. */
const citizenEvent = ({ actor, ...event }: CaseEvent): CitizenEvent => ({ ...event, by: actor.kind });

/** Asked only where there are files: most cases have none. */
const filesOf = async (
  owner: OwnerId,
  { content, events }: OpenedCase,
  { attachments }: CaseReading,
): Promise<readonly CaseAttachment[]> => {
  const files = attachmentsOfCase({ ...content, events }, new Map());
  if (files.length === 0) return files;
  const custody = await attachments.custody({ owner, id: content.draft });
  return attachmentsOfCase({ ...content, events }, custody);
};

/** All of a case that its citizen may see. */
export const caseAnswer = async (
  { session }: Pick<CitizenRequest, 'session'>,
  caseNumber: CaseNumber,
  dependencies: CaseReading,
): Promise<CaseAnswer> => {
  const { cases, seen } = dependencies;
  const [opened, marks] = await Promise.all([cases.open(session.owner, caseNumber), seen.marks(session, [caseNumber])]);
  if (!opened) return refuse({ kind: 'not-found' });
  const { header, content, events } = opened;
  const course = await standingNow(header, events, dependencies.courses);
  return {
    ...summary(header, session, marks.get(caseNumber)),
    formVersion: header.formVersion,
    revision: header.revision,
    answers: content.answers,
    language: content.language,
    attachments: await filesOf(session.owner, opened, dependencies),
    canAttach: takesAttachments(header.status, content.attachable, events),
    events: events.map(citizenEvent),
    canReply: conversation(header.status, events) === 'open',
    ...(course && { course }),
  };
};

const open = async (request: CitizenRequest, dependencies: CaseDependencies): Promise<Answer> => {
  const caseNumber = numberOf(request, dependencies.prefix);
  const answer = await caseAnswer(request, caseNumber, dependencies);
  await recordReading(request, caseNumber, 'case', dependencies.log);
  return ok(answer);
};

const seenRequest = z.object({ revision: z.int().check(z.gte(1)) });

const markSeen = async (request: CitizenRequest, { seen, prefix }: CaseDependencies): Promise<Answer> => {
  const caseNumber = numberOf(request, prefix);
  const { revision } = parse(seenRequest, request.body);
  await seen.mark(request.session, caseNumber, revision);
  return noContent();
};

/** An official has started and the case is not closed (R8.1), judged on the case as it is when the message is added. */
const mayReply: NewEvent['judge'] = async ({ status }, events) => {
  const state = conversation(status, await events());
  if (state === 'not-started') refuse({ kind: 'conversation-not-started' });
  if (state === 'closed') refuse({ kind: 'conversation-closed' });
  return status;
};

const reply = async (request: CitizenRequest, { events, prefix }: CaseDependencies): Promise<Answer> => {
  const { owner, person } = request.session;
  const caseNumber = numberOf(request, prefix);
  const key = idempotencyKey(request);
  const { text } = parse(citizenMessage, request.body);
  const receipt = await events.add({
    owner,
    caseNumber,
    key,
    body: { type: 'message', text },
    actor: { kind: 'citizen', person },
    now: request.now,
    judge: mayReply,
    tell: false,
  });
  return created(receipt);
};

/** One case of one's own (R7.5, R7.6, R8). */
export const serveCase = (dependencies: CaseDependencies) =>
  routes<CitizenRequest>({
    'GET /api/cases/{caseNumber}': request => open(request, dependencies),
    'PUT /api/cases/{caseNumber}/seen': request => markSeen(request, dependencies),
    'POST /api/cases/{caseNumber}/messages': request => reply(request, dependencies),
  });
