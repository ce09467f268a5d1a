import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { EpochMs } from '../domain/case.ts';
import { abandoned, type CourseId, claimMs, leavesCourse, rankOf } from '../domain/course.ts';
import { Refusal, refuse } from '../domain/refusal.ts';
import type { CaseEvents } from './case-events.ts';
import { countGone, markGone } from './course-giving-up.ts';
import {
  type Counter,
  counterKey,
  courseKey,
  coursesKey,
  type PlaceRow,
  readPlaceRow,
  tellPlace,
} from './course-rows.ts';
import type { Courses } from './courses.ts';
import { writeUnlessChanged } from './dynamodb.ts';
import { queryAll, type Table } from './query.ts';

export interface Settled {
  /** Numbers that became free: left, or abandoned. */
  readonly freed: number;
  /** People told that they have a place now. */
  readonly promoted: number;
}

/**
 * Brings a course up to date: what was left or abandoned is free, and whoever moved up into it is told, by an event of
 * their case and with the next digest. Every step can be repeated and resumed: what a crash leaves, the next run does.
 */
export interface CourseSettling {
  settle(course: CourseId, places: number, now: EpochMs): Promise<Settled>;
  /** Every course there ever was, with the places it had when somebody last came. */
  all(): Promise<readonly { readonly course: CourseId; readonly form: string; readonly places: number }[]>;
}

/** An expression holds so many names; the rest is the next run's. */
const forgottenAtOnce = 100;

const listedRow = z.object({ sk: z.string(), form: z.string(), places: z.number() });

export const courseSettling = (
  table: Table,
  { courses, events }: { readonly courses: Pick<Courses, 'counter'>; readonly events: CaseEvents },
): CourseSettling => {
  const rowsOf = async (course: CourseId): Promise<readonly PlaceRow[]> =>
    (
      await queryAll(table, {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :places)',
        ExpressionAttributeValues: { ':pk': courseKey(course), ':places': 'PLACE#' },
        ConsistentRead: true,
      })
    ).map(readPlaceRow);

  const free = async (course: CourseId, now: EpochMs): Promise<number> => {
    const before = await courses.counter(course);
    const rows = await rowsOf(course);
    let freed = 0;
    for (const arrival of abandoned(before.arrivals, before.at, rows, now))
      if (await markGone(table, { course, arrival }, now))
        freed += Number(await countGone(table, { course, arrival }));
    for (const { arrival, state } of rows)
      if (state === 'gone' && !before.gone.has(arrival))
        freed += Number(await countGone(table, { course, arrival }));
    return freed;
  };

  /** A number that became a case or was given up, so long ago that nobody asks for it again, is no sending's any more. */
  const forget = async (
    course: CourseId,
    { sendings }: Pick<Counter, 'sendings'>,
    rows: readonly PlaceRow[],
    now: EpochMs,
  ): Promise<void> => {
    const over = new Set(rows.filter(({ at }) => at <= now - claimMs).map(({ arrival }) => arrival));
    const done = [...sendings].filter(([, arrival]) => over.has(arrival)).slice(0, forgottenAtOnce);
    if (done.length === 0) return;
    const each = (part: (index: number) => string) => done.map((_, index) => part(index));
    await writeUnlessChanged(() =>
      table.client.send(
        new UpdateCommand({
          TableName: table.table,
          Key: counterKey(course),
          UpdateExpression: `REMOVE ${each(index => `#s${index}`).join(', ')}`,
          ConditionExpression: each(index => `#s${index} = :s${index}`).join(' AND '),
          ExpressionAttributeNames: Object.fromEntries(done.map(([name], index) => [`#s${index}`, name])),
          ExpressionAttributeValues: Object.fromEntries(
            done.map(([, number], index) => [`:s${index}`, number]),
          ),
        }),
      ),
    );
  };

  /** For whoever asks how they stand; of a course that nobody has come to there is nothing to note. */
  const notePlaces = async (course: CourseId, places: number): Promise<void> => {
    await writeUnlessChanged(() =>
      table.client.send(
        new UpdateCommand({
          TableName: table.table,
          Key: counterKey(course),
          UpdateExpression: 'SET places = :places',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':places': places },
        }),
      ),
    );
  };

  const tell = async (course: CourseId, row: PlaceRow, now: EpochMs): Promise<boolean> => {
    const { owner, caseNumber, arrival } = row;
    if (owner === undefined || caseNumber === undefined) return false;
    const place = { course, arrival };
    try {
      await events.add({
        owner,
        caseNumber,
        body: { type: 'place' },
        actor: { kind: 'portal' },
        now,
        key: `place ${course} ${arrival}`,
        judge: async ({ status }) => (leavesCourse(status) ? refuse({ kind: 'conflict' }) : status),
        tell: true,
        along: [tellPlace(table.table, place)],
      });
      return true;
    } catch (error) {
      // Left at this very moment: the next in the queue is found by the next run.
      if (error instanceof Refusal) return false;
      throw error;
    }
  };

  return {
    settle: async (course, places, now) => {
      const freed = await free(course, now);
      const counter = await courses.counter(course);
      const { gone } = counter;
      if (counter.places !== places) await notePlaces(course, places);
      const rows = await rowsOf(course);
      await forget(course, counter, rows, now);
      const due = rows.filter(
        ({ arrival, state, told }) =>
          state === 'taken' && told === 'waiting' && rankOf(arrival, gone) <= places,
      );
      let promoted = 0;
      for (const row of due) promoted += Number(await tell(course, row, now));
      return { freed, promoted };
    },
    all: async () =>
      (
        await queryAll(table, {
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': coursesKey },
        })
      ).map(row => {
        const { sk: course, form, places } = listedRow.parse(row);
        return { course, form, places };
      }),
  };
};
