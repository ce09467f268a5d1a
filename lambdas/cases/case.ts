import * as z from 'zod/mini';
import { recordReading } from '../access-log/record.ts';
import { amendmentDraft, nextVersion } from '../domain/amendment.ts';
import type { CaseEvent, CaseNumber } from '../domain/case.ts';
import { takesAttachments } from '../domain/custody.ts';
import { conversation } from '../domain/folder.ts';
import { type Acting, mayUse } from '../domain/mandate.ts';
import { refuse } from '../domain/refusal.ts';
import type { Session } from '../domain/session.ts';
import { type Answer, noContent, ok } from '../http/answer.ts';
import { parse } from '../http/body.ts';
import type { CitizenRequest } from '../http/request.ts';
import { routes } from '../http/routes.ts';
import type { CaseAnswer, CitizenEvent } from '../http/wire/cases.ts';
import type { Attachments } from '../storage/attachments.ts';
import { filesOfCase } from '../storage/case-files.ts';
import type { Cases, OpenedCase } from '../storage/cases.ts';
import { standingNow } from '../storage/course-standing.ts';
import type { Courses } from '../storage/courses.ts';
import type { Seen, SeenMark } from '../storage/seen.ts';
import { type CalendarDependencies, getCalendar } from './calendar.ts';
import { summary } from './folder.ts';
import { numberOf } from './number.ts';

/** What it takes to tell all of a case. */
export interface CaseReading {
  readonly cases: Pick<Cases, 'open'>;
  readonly seen: Pick<Seen, 'marks'>;
  readonly attachments: Pick<Attachments, 'custody'>;
  readonly courses: Pick<Courses, 'counter'>;
}

export interface CaseDependencies extends CaseReading, CalendarDependencies {
  readonly cases: Pick<Cases, 'open' | 'unfinishedReply'>;
  readonly seen: Seen;
  /** Whether the form in use takes anything now. */
  readonly isFormOpen: (form: string) => Promise<boolean>;
}

/** Who of the organisation or the department it was stays inside. */
const citizenEvent = ({ actor, ...event }: CaseEvent): CitizenEvent => ({
  ...event,
  by: actor.kind,
  ...(actor.kind === 'citizen' && actor.name !== undefined && { byName: actor.name }),
});

interface Asking {
  readonly session: Pick<Session, 'owner' | 'person'> & Partial<Acting>;
}

const find = async (
  { session }: Asking,
  caseNumber: CaseNumber,
  { cases, seen }: CaseReading,
): Promise<{ readonly opened: OpenedCase; readonly mark: SeenMark | undefined }> => {
  const [opened, marks] = await Promise.all([
    cases.open(session.owner, caseNumber),
    seen.marks(session, [caseNumber]),
  ]);
  return opened ? { opened, mark: marks.get(caseNumber) } : refuse({ kind: 'not-found' });
};

/** Where its form allows it, and takes anything still, what was sent can be changed: in the draft of that name. */
const draftOfChange = async (
  { header, content, events }: OpenedCase,
  { isFormOpen }: Pick<CaseDependencies, 'isFormOpen'>,
): Promise<Pick<CaseAnswer, 'amendmentDraft'>> => {
  if (!content.amendment?.includes(header.status) || !(await isFormOpen(header.form))) return {};
  return { amendmentDraft: amendmentDraft(header.caseNumber, nextVersion(events)) };
};

const answerOf = async (
  { session }: Asking,
  opened: OpenedCase,
  mark: SeenMark | undefined,
  dependencies: CaseReading,
): Promise<CaseAnswer> => {
  const { header, content, current, events } = opened;
  // Read it may whoever acts for the organisation; what can be done in it asks for its form's role.
  const mayAct = mayUse({ kind: 'person', ...session }, content.roles);
  const isConversing = conversation(header.status, events) === 'open';
  const course = await standingNow(header, events, dependencies.courses);
  return {
    ...summary(header, session, mark),
    formVersion: current.formVersion,
    revision: header.revision,
    answers: current.answers,
    language: content.language,
    attachments: (await filesOfCase(opened, dependencies.attachments)).map(({ draft: _, ...file }) => file),
    canAttach: mayAct && takesAttachments(header.status, content.attachable, events),
    events: events.map(citizenEvent),
    notifications: opened.notices,
    canReply: mayAct && isConversing,
    ...(isConversing && !mayAct && content.roles && { rolesToReply: content.roles }),
    ...(header.messagesElsewhere && { messagesElsewhere: true }),
    canWithdraw: mayAct && (content.withdrawal?.includes(header.status) ?? false),
    ...(course && { course }),
  };
};

/** All of a case that its citizen may see. */
export const caseAnswer = async (
  request: Asking,
  caseNumber: CaseNumber,
  dependencies: CaseReading,
): Promise<CaseAnswer> => {
  const { opened, mark } = await find(request, caseNumber, dependencies);
  return answerOf(request, opened, mark, dependencies);
};

const open = async (request: CitizenRequest, dependencies: CaseDependencies): Promise<Answer> => {
  const caseNumber = numberOf(request, dependencies.prefix);
  const { opened, mark } = await find(request, caseNumber, dependencies);
  const answer = await answerOf(request, opened, mark, dependencies);
  const [replyDraft, change] = await Promise.all([
    dependencies.cases.unfinishedReply(opened, request.session.person, request.now),
    mayUse(request.session, opened.content.roles) ? draftOfChange(opened, dependencies) : {},
  ]);
  await recordReading(request, caseNumber, 'case', dependencies.log);
  return ok({
    ...answer,
    ...change,
    ...(replyDraft !== undefined && { replyDraft }),
  } satisfies CaseAnswer);
};

const seenRequest = z.object({ revision: z.int().check(z.gte(1)) });

const markSeen = async (request: CitizenRequest, { seen, prefix }: CaseDependencies): Promise<Answer> => {
  const caseNumber = numberOf(request, prefix);
  const { revision } = parse(seenRequest, request.body);
  await seen.mark(request.session, caseNumber, revision, request.now);
  return noContent();
};

/** One case of one's own (R7.5, R7.6, R8). */
export const serveCase = (dependencies: CaseDependencies) =>
  routes<CitizenRequest>({
    'GET /api/cases/{caseNumber}': request => open(request, dependencies),
    'GET /api/cases/{caseNumber}/events/{event}/calendar': request => getCalendar(request, dependencies),
    'PUT /api/cases/{caseNumber}/seen': request => markSeen(request, dependencies),
  });
