import type { EpochMs } from '../domain/case.ts';
import { courseId } from '../domain/course.ts';
import type { CourseSettling, Settled } from '../storage/course-settling.ts';
import type { Forms } from '../storage/forms.ts';

export interface SettleDependencies {
  readonly settling: CourseSettling;
  readonly forms: Pick<Forms, 'get'>;
}

interface Listed {
  readonly course: string;
  readonly form: string;
  readonly places: number;
}

/** As the form in use has it: a department can add places by publishing it anew. */
const placesOf = async ({ course, form, places }: Listed, { forms }: SettleDependencies): Promise<number> => {
  const current = (await forms.get(form)).settings.course;
  return current && courseId(form, current) === course ? current.places : places;
};

/**
 * Goes through every course (R6.6): places of those who left, and of sendings that never came through, go to whoever
 * waits first. What one run leaves undone the next one finds; a course that fails does not keep the others waiting.
 */
export const settleCourses = async (now: EpochMs, dependencies: SettleDependencies): Promise<Settled> => {
  const { settling } = dependencies;
  const results = await Promise.allSettled(
    (await settling.all()).map(async listed =>
      settling.settle(listed.course, await placesOf(listed, dependencies), now),
    ),
  );
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  const settled = results.map(result => (result as PromiseFulfilledResult<Settled>).value);
  return {
    freed: settled.reduce((sum, { freed }) => sum + freed, 0),
    promoted: settled.reduce((sum, { promoted }) => sum + promoted, 0),
  };
};
