import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { EpochMs, OwnerId } from '../domain/case.ts';
import { type CourseId, type CoursePlace, capacityOf, courseId, rankOf } from '../domain/course.ts';
import type { Course } from '../domain/forms/types.ts';
import { refuse } from '../domain/refusal.ts';
import { type Counter, counterKey, coursesKey, noArrivals, readCounter, sendingName } from './course-rows.ts';
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

/** A number can be abandoned while it is being asked for again; more often than once a sending it will not happen. */
const tries = 5;

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

  /**
   * The next number, and which sending has it, in one write: asked for again, because the answer was lost or from another
   * window, it is the same one. Another only in the place of one that came to nothing.
   */
  const draw = async (
    course: CourseId,
    { course: settings, owner, draft, now }: ArrivalRequest,
    instead = 0,
  ): Promise<{ readonly arrival: number; readonly gone: Counter['gone'] }> => {
    const sending = sendingName(owner, draft);
    try {
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName: table,
          Key: counterKey(course),
          UpdateExpression:
            'SET #at = :now, places = :places, #sending = if_not_exists(arrivals, :none) + :one ADD arrivals :one, live :one',
          ConditionExpression:
            '(attribute_not_exists(live) OR live < :capacity) AND (attribute_not_exists(#sending) OR #sending = :instead)',
          ExpressionAttributeNames: { '#at': 'at', '#sending': sending },
          ExpressionAttributeValues: {
            ...{ ':now': now, ':none': 0, ':one': 1, ':instead': instead },
            ...{ ':places': settings.places, ':capacity': capacityOf(settings) },
          },
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      const { arrivals, gone } = readCounter(Attributes);
      return { arrival: arrivals, gone };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const { gone, sendings } = error.Item ? readCounter(unmarshall(error.Item)) : noArrivals;
      const arrival = sendings.get(sending);
      return arrival === undefined || arrival === instead
        ? refuse({ kind: 'course-full' })
        : { arrival, gone };
    }
  };

  return {
    counter,
    arrive: async request => {
      const { form, course: settings, now } = request;
      const course = courseId(form, settings);
      await list(course, form, settings);
      let { instead } = request;
      for (let tried = 0; tried < tries; tried++) {
        const { arrival, gone } = await draw(course, request, instead);
        if (!gone.has(arrival)) return { course, arrival, at: now, rank: rankOf(arrival, gone) };
        instead = arrival;
      }
      return refuse({ kind: 'unavailable' });
    },
  };
};
