import { numberOf } from '../cases/number.ts';
import { amendmentDraft, nextVersion } from '../domain/amendment.ts';
import type { CaseHeader } from '../domain/case.ts';
import type { CasePrefix } from '../domain/case-number.ts';
import { courseId, mayLeave } from '../domain/course.ts';
import { demandRole } from '../domain/demand-role.ts';
import { Refusal, refuse } from '../domain/refusal.ts';
import { actorIn } from '../domain/session.ts';
import type { Status } from '../domain/status.ts';
import { type Answer, created } from '../http/answer.ts';
import { faultOf } from '../http/log.ts';
import type { CitizenRequest } from '../http/request.ts';
import type { CaseEvents } from '../storage/case-events.ts';
import type { Cases, OpenedCase } from '../storage/cases.ts';
import type { CourseSettling } from '../storage/course-settling.ts';
import type { Drafts } from '../storage/drafts.ts';
import type { Forms } from '../storage/forms.ts';

export interface LeaveDependencies {
  readonly cases: Pick<Cases, 'open'>;
  readonly events: CaseEvents;
  readonly drafts: Pick<Drafts, 'remove'>;
  readonly settling: Pick<CourseSettling, 'settle'>;
  readonly forms: Pick<Forms, 'get'>;
  readonly prefix: CasePrefix;
}

/** Whoever waits is told at once where that works; where it does not, the schedule does it within minutes. */
const moveUp = async (
  { form, place }: CaseHeader,
  now: number,
  { settling, forms }: LeaveDependencies,
): Promise<void> => {
  try {
    const { settings } = await forms.get(form);
    if (place && settings.course && courseId(form, settings.course) === place.course)
      await settling.settle(place.course, settings.course.places, now);
  } catch (error) {
    console.error(JSON.stringify({ level: 'error', task: 'course', fault: faultOf(error) }));
  }
};

/** A change that was begun has nothing left to change; most cases have none. */
const dropChange = async (
  { header: { owner, caseNumber }, events }: OpenedCase,
  now: number,
  { drafts }: LeaveDependencies,
): Promise<void> => {
  try {
    await drafts.remove({ owner, id: amendmentDraft(caseNumber, nextVersion(events)) }, undefined, now);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
};

/**
 * `POST cases/{caseNumber}/cancellation`: gives up one's place on a course (R6.6), or withdraws what was sent where its
 * form allows it. Once, however often it is asked.
 */
export const cancelCase = async (
  request: CitizenRequest,
  dependencies: LeaveDependencies,
): Promise<Answer> => {
  const { owner } = request.session;
  const caseNumber = numberOf(request, dependencies.prefix);
  const opened = (await dependencies.cases.open(owner, caseNumber)) ?? refuse({ kind: 'not-found' });
  const { header, content } = opened;
  demandRole(request.session, content.roles);
  const mayCancel = (status: Status): boolean =>
    header.place ? mayLeave(status) : (content.withdrawal?.includes(status) ?? false);
  const receipt = await dependencies.events.add({
    owner,
    caseNumber,
    key: 'cancellation',
    body: { type: 'status', status: 'cancelled' },
    actor: actorIn(request.session),
    now: request.now,
    judge: async ({ status }) =>
      mayCancel(status) ? 'cancelled' : refuse({ kind: 'status-not-allowed', from: status, to: 'cancelled' }),
    tell: false,
  });
  if (content.amendment) await dropChange(opened, request.now, dependencies);
  if (header.place) await moveUp(header, request.now, dependencies);
  return created(receipt);
};
