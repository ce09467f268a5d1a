import { courseId } from '../domain/course.ts';
import type { Course } from '../domain/forms/types.ts';
import { refuse } from '../domain/refusal.ts';
import { type Answer, ok } from '../http/answer.ts';
import type { PublicRequest } from '../http/request.ts';
import type { PlacesAnswer } from '../http/wire/forms.ts';
import type { Courses } from '../storage/courses.ts';
import type { Forms } from '../storage/forms.ts';

export interface PlacesDependencies {
  readonly forms: Pick<Forms, 'get'>;
  readonly courses: Pick<Courses, 'counter'>;
}

/** A crowd that waits for a second asks once in these seconds, whoever of it asks. */
const headers = { 'cache-control': 'public, max-age=3' };

/** A number of arrival that is not given up holds its place, sent or on its way. */
export const counts = (live: number, { places, waitingList }: Course): PlacesAnswer => ({
  places,
  free: Math.max(0, places - live),
  waitingList,
  waiting: Math.max(0, live - places),
});

/** `GET forms/{id}/places`: how many places of a course are free (R6.6). Counts only; public. */
export const getPlaces = async (
  { parameters }: Pick<PublicRequest, 'parameters'>,
  { forms, courses }: PlacesDependencies,
): Promise<Answer> => {
  const { id, settings } = await forms.get(parameters.id ?? '');
  if (!settings.course) return refuse({ kind: 'not-found' });
  const { live } = await courses.counter(courseId(id, settings.course));
  return ok(counts(live, settings.course), { headers });
};
