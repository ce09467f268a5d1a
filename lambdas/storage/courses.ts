import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { EpochMs, OwnerId } from '../domain/case.ts';
import { type CourseId, type CoursePlace, capacityOf, courseId, rankOf } from '../domain/course.ts';
import type { Course } from '../domain/forms/types.ts';
import { refuse } from '../domain/refusal.ts';
import { giveUp } from './course-giving-up.ts';
import { type Counter, counterKey, coursesKey, noArrivals, readCounter, ticketKey } from './course-rows.ts';
import { epochSeconds } from './dynamodb.ts';
import type { Table } from './query.ts';

export interface ArrivalRequest {
  readonly form: string;
  readonly course: Course;
  readonly owner: OwnerId;
  readonly draft: string;
  readonly now: EpochMs;
  /** A number of this draft that turned out to be abandoned. */
  readonly instead?: number;
}

/** One's number in the queue and, at this instant, one's rank. */
export interface Ticket extends CoursePlace {
  readonly at: EpochMs;
  readonly rank: number;
}

/** The queue of a course (`domain/course.ts`). Arriving is one atomic addition: no crowd makes it wait for another. */
export interface Courses {
  /** The draft's number: the same one however often it is asked for. Refuses `course-full`. */
  arrive(request: ArrivalRequest): Promise<Ticket>;
  counter(course: CourseId): Promise<Counter>;
}

/** A ticket is a row of its own only until the case holds the number; it goes by itself. */
const ticketMs = 2 * 24 * 60 * 60 * 1000;
/** A number can be abandoned while its ticket is being written; more often than once a sending it will not happen. */
const tries = 5;

const ticketRow = z.object({ arrival: z.number(), at: z.number() });
type TicketRow = z.infer<typeof ticketRow>;

export const courses = ({ client, table }: Table): Courses => {
  const listed = new Set<string>();

  const counter = async (course: CourseId): Promise<Counter> => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: counterKey(course), ConsistentRead: true }),
    );
    return Item ? readCounter(Item) : noArrivals;
  };

  /** Written down once an instance and number of places. */
  const list = async (course: CourseId, form: string, { places }: Course): Promise<void> => {
    const key = `${course} ${places}`;
    if (listed.has(key)) return;
    await client.send(
      new PutCommand({ TableName: table, Item: { pk: coursesKey, sk: course, form, places } }),
    );
    listed.add(key);
  };

  const draw = async (course: CourseId, settings: Course, now: EpochMs): Promise<Counter> => {
    try {
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName: table,
          Key: counterKey(course),
          UpdateExpression: 'SET #at = :now, places = :places ADD arrivals :one, live :one',
          ConditionExpression: 'attribute_not_exists(live) OR live < :capacity',
          ExpressionAttributeNames: { '#at': 'at' },
          ExpressionAttributeValues: {
            ':now': now,
            ':places': settings.places,
            ':one': 1,
            ':capacity': capacityOf(settings),
          },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return readCounter(Attributes);
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return refuse({ kind: 'course-full' });
      throw error;
    }
  };

  const find = async (course: CourseId, { owner, draft }: ArrivalRequest): Promise<TicketRow | undefined> => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: ticketKey(course, owner, draft), ConsistentRead: true }),
    );
    return Item && ticketRow.parse(Item);
  };

  /** Whether it is ours now; not, where another window of the same draft was first. */
  const keep = async (
    course: CourseId,
    { owner, draft, now }: ArrivalRequest,
    arrival: number,
    before = 0,
  ): Promise<boolean> => {
    try {
      await client.send(
        new PutCommand({
          TableName: table,
          Item: {
            ...ticketKey(course, owner, draft),
            arrival,
            at: now,
            expiresAt: epochSeconds(now + ticketMs),
          },
          ConditionExpression: 'attribute_not_exists(pk) OR arrival = :before',
          ExpressionAttributeValues: { ':before': before },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };

  /** The number of an earlier try, unless it was given up for abandoned. */
  const standing = async (
    course: CourseId,
    { arrival, at }: TicketRow,
    instead?: number,
  ): Promise<Ticket | undefined> => {
    if (arrival === instead) return undefined;
    const { gone } = await counter(course);
    return gone.has(arrival) ? undefined : { course, arrival, at, rank: rankOf(arrival, gone) };
  };

  return {
    counter,
    arrive: async request => {
      const { form, course: settings, now } = request;
      const course = courseId(form, settings);
      await list(course, form, settings);
      for (let tried = 0; tried < tries; tried++) {
        const earlier = await find(course, request);
        const held = earlier && (await standing(course, earlier, request.instead));
        if (held) return held;
        const { arrivals: arrival, gone } = await draw(course, settings, now);
        if (await keep(course, request, arrival, earlier?.arrival))
          return { course, arrival, at: now, rank: rankOf(arrival, gone) };
        await giveUp({ client, table }, { course, arrival }, now);
      }
      return refuse({ kind: 'unavailable' });
    },
  };
};
