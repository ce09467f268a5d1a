/**
 * Places of a course (R6.6). Everybody who sends takes the next number of arrival, and nobody's number is ever given
 * again. One's rank is that number less the earlier numbers that were given up: it only ever falls, so a place once
 * told is never taken back, at most `places` people can have one, and what becomes free goes to who came first.
 */
import type { CaseEvent, EpochMs } from './case.ts';
import type { Course } from './forms/types.ts';
import type { Status } from './status.ts';

/** `retkikurssi#2027-kevat`: a form and its round. */
export type CourseId = string;

export const courseId = (form: string, { round = '' }: Course): CourseId => `${form}#${round}`;

/** Which place in which queue: kept with the case. */
export interface CoursePlace {
  readonly course: CourseId;
  /** Number of arrival, from 1. */
  readonly arrival: number;
}

/** How somebody stood at an instant. */
export interface Standing {
  /** From 1. */
  readonly rank: number;
  /** How many places there were. */
  readonly places: number;
}

/** Milliseconds a number of arrival is held for a sending that has not come through: time enough to try again. */
export const claimMs = 10 * 60 * 1000;

export const rankOf = (arrival: number, gone: ReadonlySet<number>): number => {
  let before = 0;
  for (const number of gone) if (number < arrival) before += 1;
  return arrival - before;
};

export const hasPlace = ({ rank, places }: Standing): boolean => rank <= places;

export const capacityOf = ({ places, waitingList }: Course): number => places + waitingList;

/** Giving up a place is leaving the course, whoever does it and by whichever word. */
export const leavesCourse = (status: Status): boolean => status === 'cancelled' || status === 'rejected';

/** Whether a place that was given up would be taken back: it may be somebody else's by then. */
export const comesBack = (from: Status, to: Status): boolean => leavesCourse(from) && to !== 'closed';

/** Statuses from which a person may give up their place (R6.6): also one the department has confirmed. */
const leavable: readonly Status[] = ['sent', 'received', 'processing', 'waiting', 'solved'];
export const mayLeave = (status: Status): boolean => leavable.includes(status);

/** A person's state on a course: has a place, waits for one, or has left. */
export type CourseState = 'place' | 'waiting' | 'left';

const hasLeft = (event: CaseEvent): boolean => event.type === 'status' && leavesCourse(event.status);

/** What the case's own events say of its place; undefined where it is no course's. */
export const courseStateOf = (
  status: Status,
  events: readonly CaseEvent[],
): { readonly state: CourseState; readonly sent: Standing } | undefined => {
  const [first] = events;
  const sent = first?.type === 'submitted' ? first.place : undefined;
  if (!sent) return undefined;
  if (leavesCourse(status) || events.some(hasLeft)) return { state: 'left', sent };
  const moved = events.some(({ type }) => type === 'place');
  return { state: moved || hasPlace(sent) ? 'place' : 'waiting', sent };
};

/** One number of arrival as the queue knows it. */
export interface Arrival {
  readonly arrival: number;
  /** When the number was taken. */
  readonly at: EpochMs;
  readonly state: 'taken' | 'gone';
}

/**
 * Numbers that were taken and came to nothing: neither a case nor given up, and so long ago that their sender will not
 * come any more. Taken they were before the next number after them, which says when at the latest.
 */
export const abandoned = (
  last: number,
  lastAt: EpochMs,
  known: readonly Arrival[],
  now: EpochMs,
): readonly number[] => {
  const byNumber = new Map(known.map(one => [one.arrival, one]));
  const found: number[] = [];
  let takenBy = lastAt;
  for (let number = last; number >= 1; number--) {
    const one = byNumber.get(number);
    if (one) takenBy = Math.min(takenBy, one.at);
    else if (takenBy <= now - claimMs) found.push(number);
  }
  return found.reverse();
};
