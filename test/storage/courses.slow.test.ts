import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { claimMs, hasPlace } from '../../lambdas/domain/course.ts';
import type { Course } from '../../lambdas/domain/forms/types.ts';
import { Refusal } from '../../lambdas/domain/refusal.ts';
import { standingNow } from '../../lambdas/storage/course-standing.ts';
import type { Receipt } from '../../lambdas/storage/sending.ts';
import { fuse, through } from '../faults/fuse.ts';
import { caseStore, monday, submission } from './case-fixtures.ts';
import { type DynamodbLocal, dynamodbLocalIsMissing, startDynamodbLocal } from './dynamodb-local.ts';

type Client = Pick<DynamoDBDocumentClient, 'send'>;

describe('places of a course', { skip: dynamodbLocalIsMissing() }, () => {
  let local: DynamodbLocal;
  before(async () => {
    local = await startDynamodbLocal();
  });
  after(() => local.stop());

  const courseOf = (round: string, places = 20, waitingList = 480): Course => ({
    places,
    waitingList,
    round,
  });
  const idOf = ({ round }: Course) => `retki#${round}`;
  const sending = (person: string, course: Course, at = monday) =>
    submission(person, `draft-${person}`, { form: 'retki', service: 'retki', course, at });

  /** A person leaves, as their handler would have it; nobody is told yet. */
  const leave = async (person: string, caseNumber: string, client: Client = local.client) =>
    caseStore(client).events.add({
      owner: person,
      caseNumber,
      body: { type: 'status', status: 'cancelled' },
      actor: { kind: 'citizen', person },
      now: monday + 1000,
      key: 'cancellation',
      judge: async () => 'cancelled',
      tell: false,
    });

  const eventsOf = async (person: string, caseNumber: string) =>
    ((await caseStore(local.client).cases.open(person, caseNumber))?.events ?? []).map(({ type }) => type);

  test('five hundred at once for twenty places: twenty have one, the others wait in their order, and move up in it', async () => {
    const course = courseOf('crowd');
    const people = Array.from({ length: 500 }, (_, index) => `crowd-${index + 1}`);
    const { submissions, settling, courses } = caseStore(local.client);
    const receipts = await Promise.all(people.map(person => submissions.submit(sending(person, course))));
    const ranks = receipts.map(({ place }) => place?.rank ?? 0);
    assert.deepEqual(
      ranks.toSorted((a, b) => a - b),
      people.map((_, index) => index + 1),
      'every rank once: nobody lost, nobody twice',
    );
    assert.equal(receipts.filter(({ place }) => place && hasPlace(place)).length, 20);
    const byRank = new Map(people.map((person, index) => [ranks[index], { person, ...receipts[index] }]));
    const at = (rank: number) => {
      const found = byRank.get(rank);
      assert.ok(found?.caseNumber);
      return { person: found.person, caseNumber: found.caseNumber };
    };

    // Three with a place and two who wait leave; settled twice at once, as the schedule and a leaver may.
    for (const rank of [3, 11, 20, 22, 400]) await leave(at(rank).person, at(rank).caseNumber);
    const settled = await Promise.all([1, 2].map(() => settling.settle(idOf(course), 20, monday + 2000)));
    assert.equal(
      settled.reduce((sum, { freed }) => sum + freed, 0),
      5,
    );
    for (const rank of [21, 23, 24])
      assert.deepEqual(
        await eventsOf(at(rank).person, at(rank).caseNumber),
        ['submitted', 'place'],
        `${rank}`,
      );
    for (const rank of [1, 25, 26])
      assert.deepEqual(await eventsOf(at(rank).person, at(rank).caseNumber), ['submitted'], `${rank}`);
    assert.equal((await courses.counter(idOf(course))).live, 495);
    assert.deepEqual(await settling.settle(idOf(course), 20, monday + 3000), { freed: 0, promoted: 0 });

    // There is room for five again, and not for six.
    const late = await Promise.allSettled(
      [1, 2, 3, 4, 5, 6].map(number => submissions.submit(sending(`late-${number}`, course))),
    );
    const full = late.filter(({ status }) => status === 'rejected');
    assert.equal(full.length, 1);
    const [refused] = full as [PromiseRejectedResult];
    assert.ok(refused.reason instanceof Refusal && refused.reason.reason.kind === 'course-full');
  });

  test('who comes earlier stands earlier', async () => {
    const course = courseOf('order', 2, 10);
    const { submissions } = caseStore(local.client);
    const ranks: (number | undefined)[] = [];
    for (const number of [1, 2, 3, 4])
      ranks.push((await submissions.submit(sending(`order-${number}`, course))).place?.rank);
    assert.deepEqual(ranks, [1, 2, 3, 4]);
  });

  test('who waits is counted from the places there are now, more or fewer than when they came', async () => {
    const course = courseOf('grown', 2);
    const { submissions, settling, courses, cases } = caseStore(local.client);
    const numbers = new Map<string, string>();
    const send = async (person: string, wanted: Course) =>
      numbers.set(person, (await submissions.submit(sending(person, wanted))).caseNumber);
    const standing = async (person: string) => {
      const opened = await cases.open(person, numbers.get(person) ?? '');
      assert.ok(opened);
      const now = await standingNow(opened.header, opened.events, courses);
      return now?.position ?? now?.state;
    };
    for (const person of ['grown-1', 'grown-2', 'grown-3', 'grown-4', 'grown-5']) await send(person, course);
    assert.equal(await standing('grown-5'), 3);
    await settling.settle(idOf(course), 3, monday);
    assert.deepEqual([await standing('grown-3'), await standing('grown-5')], ['place', 2]);
    await send('grown-6', { ...course, places: 4 });
    assert.deepEqual([await standing('grown-5'), await standing('grown-6')], [1, 2]);
    await settling.settle(idOf(course), 2, monday);
    assert.deepEqual([await standing('grown-3'), await standing('grown-6')], ['place', 4]);
  });

  test('a draft has one number, whichever of its windows is first', async () => {
    const course = courseOf('twice', 5, 5);
    const { submissions, courses } = caseStore(local.client);
    const receipts = await Promise.all(
      Array.from({ length: 6 }, () => submissions.submit(sending('twice-1', course))),
    );
    assert.equal(new Set(receipts.map(({ caseNumber }) => caseNumber)).size, 1);
    assert.equal(
      (await courses.counter(idOf(course))).live,
      1,
      'numbers that came to nothing are given up at once',
    );
  });

  test('no lost answer costs anybody their turn: not one the SDK asks for again, nor one the process dies of', async () => {
    for (const kind of ['repeated', 'unanswered', 'ended', 'endedAfter'] as const)
      for (let nth = 1, broke = true; broke; nth++) {
        const course = courseOf(`${kind}-${nth}`, 1, 0);
        const cable = fuse(kind, nth);
        const press = { ...sending('turn', course), draft: `draft-${kind}-${nth}` };
        const first = await caseStore(through(local.client, cable))
          .submissions.submit(press)
          .catch(() => undefined);
        const again = await caseStore(local.client).submissions.submit(press);
        assert.equal(again.place?.rank, 1, `${kind} at call ${nth}`);
        if (first) assert.deepEqual(first, again);
        broke = cable.blown();
      }
  });
  test('a sending that died keeps its place for its next try, and loses it when none comes', async () => {
    const course = courseOf('died', 1, 5);
    const { submissions, settling, courses } = caseStore(local.client);
    const dying: Client = {
      send: (async (command: { input: object }) => {
        if ('TransactItems' in command.input) throw new Error('the process ended');
        return local.client.send(command as never);
      }) as Client['send'],
    };
    for (const person of ['died-1', 'died-2'])
      await assert.rejects(caseStore(dying).submissions.submit(sending(person, course)), /process ended/);
    const third = await submissions.submit(sending('died-3', course));
    assert.equal(third.place?.rank, 3);
    assert.equal((await submissions.submit(sending('died-2', course))).place?.rank, 2, 'its own number');
    await settling.settle(idOf(course), 1, monday + claimMs - 1);
    assert.deepEqual(await eventsOf('died-3', third.caseNumber), ['submitted'], 'not yet');
    assert.deepEqual(await settling.settle(idOf(course), 1, monday + claimMs), { freed: 1, promoted: 1 });
    const { sendings } = await courses.counter(idOf(course));
    assert.deepEqual([...sendings.values()], [1], 'what has become a case is no sending any more');
    const again = await submissions.submit(sending('died-1', course, monday + claimMs + 1));
    assert.equal(again.place?.rank, 3, 'at the end of the queue, for it came to nothing in its time');
  });

  test('a round of settling that breaks anywhere is finished by the next', async () => {
    for (const done of [false, true])
      for (let call = 1, broke = true; broke; call++) {
        const course = courseOf(`settle-${call}-${done}`, 1, 5);
        const { submissions, settling, courses } = caseStore(local.client);
        const people = [1, 2, 3].map(number => `settle-${call}-${done}-${number}`);
        const receipts: Receipt[] = [];
        for (const person of people) receipts.push(await submissions.submit(sending(person, course)));
        await leave(people[0] as string, receipts[0]?.caseNumber as string);
        broke = false;
        let calls = 0;
        const breaking: Client = {
          send: (async (command: never) => {
            calls += 1;
            if (calls !== call) return local.client.send(command);
            broke = true;
            if (done) await local.client.send(command);
            throw new Error('the connection broke');
          }) as Client['send'],
        };
        await caseStore(breaking)
          .settling.settle(idOf(course), 1, monday + 2000)
          .catch(() => undefined);
        await settling.settle(idOf(course), 1, monday + 3000);
        const told = await Promise.all(
          people.map((person, index) => eventsOf(person, receipts[index]?.caseNumber as string)),
        );
        assert.deepEqual(
          told,
          [['submitted', 'status'], ['submitted', 'place'], ['submitted']],
          `call ${call}`,
        );
        assert.equal((await courses.counter(idOf(course))).live, 2);
      }
  });

  test('whoever rejects or cancels a registration frees its place', async () => {
    const course = courseOf('rejected', 1, 5);
    const { submissions, events, settling } = caseStore(local.client);
    const first = await submissions.submit(sending('rejected-1', course));
    const second = await submissions.submit(sending('rejected-2', course));
    await events.add({
      owner: 'rejected-1',
      caseNumber: first.caseNumber,
      body: { type: 'status', status: 'rejected' },
      actor: { kind: 'department', client: 'local-department' },
      now: monday + 1000,
      key: 'reject',
      judge: async () => 'rejected',
      tell: true,
    });
    assert.deepEqual(await settling.settle(idOf(course), 1, monday + 2000), { freed: 1, promoted: 1 });
    assert.deepEqual(await eventsOf('rejected-2', second.caseNumber), ['submitted', 'place']);
  });
});
