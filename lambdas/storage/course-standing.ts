import type { CaseEvent, CaseHeader } from '../domain/case.ts';
import { type CourseState, courseStateOf, mayLeave, rankOf } from '../domain/course.ts';
import type { Courses } from './courses.ts';

/** How a registration for a course stands now (R6.6); `position` in the waiting list, from 1. */
export interface CourseStanding {
  readonly state: CourseState;
  readonly position?: number;
  /** Whether its place can still be given up. */
  readonly canLeave: boolean;
}

/** Undefined where the case is no registration. The queue is asked only where somebody waits in it. */
export const standingNow = async (
  { status, place }: Pick<CaseHeader, 'status' | 'place'>,
  events: readonly CaseEvent[],
  courses: Pick<Courses, 'counter'>,
): Promise<CourseStanding | undefined> => {
  const found = place && courseStateOf(status, events);
  if (!found) return undefined;
  const { state, sent } = found;
  const canLeave = state !== 'left' && mayLeave(status);
  if (state !== 'waiting') return { state, canLeave };
  const { gone, places = sent.places } = await courses.counter(place.course);
  // First in the queue and not told yet: the next round tells it.
  return { state, position: Math.max(1, rankOf(place.arrival, gone) - places), canLeave };
};
