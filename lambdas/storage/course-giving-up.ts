import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { EpochMs } from '../domain/case.ts';
import type { CoursePlace } from '../domain/course.ts';
import { counterKey, placeKey } from './course-rows.ts';
import { writeUnlessChanged } from './dynamodb.ts';
import type { Table } from './query.ts';

/** The number will not be used: unless a case took it first, none ever can. Says whether it was this call that did it. */
export const markGone = async ({ client, table }: Table, place: CoursePlace, at: EpochMs): Promise<boolean> =>
  writeUnlessChanged(() =>
    client.send(
      new PutCommand({
        TableName: table,
        Item: { ...placeKey(place), state: 'gone', at },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );

/** Lets the ranks behind it fall, once. */
export const countGone = async (
  { client, table }: Table,
  { course, arrival }: CoursePlace,
): Promise<boolean> =>
  writeUnlessChanged(() =>
    client.send(
      new UpdateCommand({
        TableName: table,
        Key: counterKey(course),
        UpdateExpression: 'ADD gone :arrivals, live :less',
        ConditionExpression: 'NOT contains(gone, :arrival)',
        ExpressionAttributeValues: {
          ':arrivals': new Set([arrival]),
          ':arrival': arrival,
          ':less': -1,
        },
      }),
    ),
  );
