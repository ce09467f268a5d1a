import type { CaseHeader } from '../domain/case.ts';
import { type CasePrefix, parseCaseNumber } from '../domain/case-number.ts';
import { courseId, mayLeave } from '../domain/course.ts';
import { refuse } from '../domain/refusal.ts';
import { type Answer, created } from '../http/answer.ts';
import { faultOf } from '../http/log.ts';
import type { CitizenRequest } from '../http/request.ts';
import type { CaseEvents } from '../storage/case-events.ts';
import type { FolderReading } from '../storage/cases.ts';
import type { CourseSettling } from '../storage/course-settling.ts';
import type { Forms } from '../storage/forms.ts';

export interface LeaveDependencies {
  readonly cases: Pick<FolderReading, 'header'>;
  readonly events: CaseEvents;
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

/** `POST cases/{caseNumber}/cancellation`: gives up one's place on a course (R6.6). Once, however often it is asked. */
export const leaveCourse = async (
  request: CitizenRequest,
  dependencies: LeaveDependencies,
): Promise<Answer> => {
  const { owner, person } = request.session;
  const caseNumber = parseCaseNumber(dependencies.prefix, request.parameters.caseNumber ?? '');
  const header = caseNumber && (await dependencies.cases.header(owner, caseNumber));
  if (!header) return refuse({ kind: 'not-found' });
  const receipt = await dependencies.events.add({
    owner,
    caseNumber: header.caseNumber,
    key: 'cancellation',
    body: { type: 'status', status: 'cancelled' },
    actor: { kind: 'citizen', person },
    now: request.now,
    judge: async ({ status, place }) =>
      place && mayLeave(status)
        ? 'cancelled'
        : refuse({ kind: 'status-not-allowed', from: status, to: 'cancelled' }),
    tell: false,
  });
  await moveUp(header, request.now, dependencies);
  return created(receipt);
};
