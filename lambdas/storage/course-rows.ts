import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { CaseNumber, EpochMs, OwnerId } from '../domain/case.ts';
import type { Arrival, CourseId, CoursePlace } from '../domain/course.ts';
import type { Write } from './transaction.ts';

/** Where a course is in the Cases table: its counter, with the sendings under way, and one row a number of arrival. */
export const courseKey = (course: CourseId): string => `COURSE#${course}`;
export const counterKey = (course: CourseId) => ({ pk: courseKey(course), sk: 'COUNTER' });
export const placeKey = ({ course, arrival }: CoursePlace) => ({
  pk: courseKey(course),
  sk: `PLACE#${String(arrival).padStart(6, '0')}`,
});
/** Which courses there ever were, for whoever goes through them. */
export const coursesKey = 'COURSES';

/** `gone` and `live` follow the rows of places a moment behind; the rows decide. */
const counterRow = z.object({
  /** The newest number given out. */
  arrivals: z.number(),
  /** Numbers that are neither given up nor abandoned. */
  live: z.number(),
  gone: z.optional(z.set(z.number())),
  at: z.number(),
  /** As the form in use had it when somebody last came, or when the course was last brought up to date. */
  places: z.optional(z.number()),
});

const sendingPrefix = 's#';
/** The counter's attribute that holds the number of a sending under way; it says nothing of whose, and is short: the item has many. */
export const sendingName = (owner: OwnerId, draft: string): string =>
  sendingPrefix + createHash('sha256').update(`${owner}#${draft}`).digest('base64url').slice(0, 12);

export interface Counter {
  readonly arrivals: number;
  readonly live: number;
  readonly gone: ReadonlySet<number>;
  readonly at: EpochMs;
  readonly places?: number;
  /** Numbers by the names of the sendings that have drawn them, until they are settled (`course-settling.ts`). */
  readonly sendings: ReadonlyMap<string, number>;
}

export const noArrivals: Counter = { arrivals: 0, live: 0, gone: new Set(), at: 0, sendings: new Map() };

export const readCounter = (row: unknown): Counter => {
  const { gone = new Set<number>(), places, ...counter } = counterRow.parse(row);
  const sendings = Object.entries(row as object).filter(([name]) => name.startsWith(sendingPrefix));
  return { ...counter, gone, sendings: new Map(sendings), ...(places !== undefined && { places }) };
};

const placeRow = z.object({
  sk: z.string(),
  state: z.enum(['taken', 'gone']),
  at: z.number(),
  /** Absent from a number that was abandoned. */
  owner: z.optional(z.string()),
  caseNumber: z.optional(z.string()),
  told: z.optional(z.enum(['place', 'waiting'])),
});

export interface PlaceRow extends Arrival {
  readonly owner?: OwnerId;
  readonly caseNumber?: CaseNumber;
  /** What the case says of the place. */
  readonly told?: 'place' | 'waiting';
}

export const readPlaceRow = (row: unknown): PlaceRow => {
  const { sk, state, at, owner, caseNumber, told } = placeRow.parse(row);
  return {
    arrival: Number(sk.slice('PLACE#'.length)),
    state,
    at,
    ...(owner !== undefined && { owner }),
    ...(caseNumber !== undefined && { caseNumber }),
    ...(told && { told }),
  };
};

/** In the transaction that makes the case: fails where the number was taken for abandoned meanwhile. */
export const takePlace = (
  table: string,
  place: CoursePlace,
  row: Required<Pick<PlaceRow, 'at' | 'owner' | 'caseNumber' | 'told'>>,
): Write => ({
  Put: {
    TableName: table,
    Item: { ...placeKey(place), state: 'taken', ...row },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

/** In the transaction that ends the case. */
export const leavePlace = (table: string, place: CoursePlace): Write => ({
  Update: {
    TableName: table,
    Key: placeKey(place),
    UpdateExpression: 'SET #state = :gone',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':gone': 'gone' },
  },
});

/** In the transaction that tells so: once only, and not to somebody who has left. */
export const tellPlace = (table: string, place: CoursePlace): Write => ({
  Update: {
    TableName: table,
    Key: placeKey(place),
    UpdateExpression: 'SET told = :place',
    ConditionExpression: '#state = :taken AND told = :waiting',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':place': 'place', ':taken': 'taken', ':waiting': 'waiting' },
  },
});
