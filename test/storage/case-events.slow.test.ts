import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { statusAfter } from '../../lambdas/domain/department-event.ts';
import { shardOf } from '../../lambdas/domain/digest.ts';
import { isNew, unreadLetters } from '../../lambdas/domain/folder.ts';
import type { Refusal } from '../../lambdas/domain/refusal.ts';
import type { NewEvent } from '../../lambdas/storage/case-events.ts';
import { digests } from '../../lambdas/storage/digests.ts';
import { caseStore, message, monday, submission } from './case-fixtures.ts';
import { type DynamodbLocal, dynamodbLocalIsMissing, startDynamodbLocal, tables } from './dynamodb-local.ts';

const refusal = (kind: string) => (error: Refusal) => error.reason?.kind === kind;

describe('a case grows', { skip: dynamodbLocalIsMissing() }, () => {
  let local: DynamodbLocal;
  before(async () => {
    local = await startDynamodbLocal();
  });
  after(() => local.stop());

  const sent = async (owner: string): Promise<string> =>
    (await caseStore(local.client).submissions.submit(submission(owner, `draft-${owner}`))).caseNumber;

  const status = (owner: string, caseNumber: string, key: string, to: 'processing' | 'solved'): NewEvent => {
    const body = { type: 'status', status: to } as const;
    return message(owner, caseNumber, key, { body, judge: async header => statusAfter(header.status, body) });
  };

  test('events that come at once get one gapless sequence', async () => {
    const { events, cases } = caseStore(local.client);
    const caseNumber = await sent('busy');
    const receipts = await Promise.all(
      Array.from({ length: 12 }, (_, n) => events.add(message('busy', caseNumber, `key-${n}`))),
    );
    const opened = await cases.open('busy', caseNumber);
    assert.deepEqual(
      opened?.events.map(({ sequence }) => sequence),
      Array.from({ length: 13 }, (_, n) => n + 1),
    );
    assert.deepEqual(
      receipts.map(({ revision }) => revision).sort((a, b) => a - b),
      Array.from({ length: 12 }, (_, n) => n + 2),
    );
    assert.equal(opened?.header.revision, 13);
    const times = opened?.events.map(({ at }) => at) ?? [];
    assert.deepEqual(
      times,
      [...new Set(times)].sort((a, b) => a - b),
    );
  });

  test('the same key is one event, however often and whatever happened between', async () => {
    const { events, cases } = caseStore(local.client);
    const caseNumber = await sent('again');
    const first = await events.add(status('again', caseNumber, 'k', 'processing'));
    await events.add(message('again', caseNumber, 'other'));
    const repeated = await Promise.all(
      [1, 2, 3].map(() => events.add(status('again', caseNumber, 'k', 'processing'))),
    );
    assert.deepEqual(repeated, [first, first, first]);
    assert.equal((await cases.open('again', caseNumber))?.events.length, 3);
    await assert.rejects(
      events.add(status('again', caseNumber, 'k', 'solved')),
      refusal('idempotency-key-reused'),
    );
  });

  test("another writer's key is another key", async () => {
    const { events } = caseStore(local.client);
    const caseNumber = await sent('keys');
    const first = await events.add(message('keys', caseNumber, 'k'));
    const actor = { kind: 'citizen', person: 'keys' } as const;
    const second = await events.add(message('keys', caseNumber, 'k', { actor, tell: false }));
    assert.notEqual(first.event.id, second.event.id);
  });

  test('a stale revision and a status that cannot follow are refused and leave nothing', async () => {
    const { events, cases } = caseStore(local.client);
    const caseNumber = await sent('stale');
    await assert.rejects(
      events.add(message('stale', caseNumber, 'k', { ifRevision: 7 })),
      refusal('precondition-failed'),
    );
    const body = { type: 'status', status: 'sent' } as const;
    const back = message('stale', caseNumber, 'b', {
      body,
      judge: async header => statusAfter(header.status, body),
    });
    await assert.rejects(events.add(back), refusal('status-not-allowed'));
    await assert.rejects(events.add(message('somebody', caseNumber, 'k')), refusal('not-found'));
    assert.equal((await cases.header('stale', caseNumber))?.revision, 1);
  });

  test('survives a break at every call: one event, whether or not the first try reached the table', async () => {
    for (const done of [false, true])
      for (const call of [1, 2, 3]) {
        const owner = `break-${call}-${done}`;
        const caseNumber = await sent(owner);
        let calls = 0;
        const send = async (command: never) => {
          calls += 1;
          if (calls !== call) return local.client.send(command);
          if (done) await local.client.send(command);
          throw new Error('the connection broke');
        };
        const broken = { send } as Pick<DynamoDBDocumentClient, 'send'>;
        await assert.rejects(
          caseStore(broken).events.add(message(owner, caseNumber, 'k')),
          /connection broke/,
        );
        await caseStore(local.client).events.add(message(owner, caseNumber, 'k'));
        assert.equal((await caseStore(local.client).cases.open(owner, caseNumber))?.events.length, 2);
      }
  });

  test('what a department does is new until it was seen; what was not on the screen stays new', async () => {
    const { events, cases, seen } = caseStore(local.client);
    const caseNumber = await sent('eyes');
    const own = { owner: 'eyes', person: 'eyes' };
    const isYellow = async () => {
      const header = await cases.header('eyes', caseNumber);
      return header && isNew(header, 'eyes');
    };
    assert.equal(await isYellow(), false);
    const { revision } = await events.add(message('eyes', caseNumber, '1'));
    assert.equal(await isYellow(), true);
    await events.add(message('eyes', caseNumber, '2'));
    await seen.mark(own, caseNumber, revision, monday);
    assert.equal(await isYellow(), true);
    await seen.mark(own, caseNumber, revision + 1, monday);
    assert.equal(await isYellow(), false);
    await seen.mark(own, caseNumber, revision, monday);
    assert.equal(await isYellow(), false);
    await assert.rejects(seen.mark(own, caseNumber, 99, monday), refusal('precondition-failed'));
    await assert.rejects(
      seen.mark({ owner: 'no', person: 'no' }, caseNumber, 1, monday),
      refusal('not-found'),
    );
    await assert.rejects(
      seen.mark({ owner: 'no', person: 'a' }, caseNumber, 1, monday),
      refusal('not-found'),
    );
  });

  const readTimes = async (owner: string, caseNumber: string) =>
    (await caseStore(local.client).cases.open(owner, caseNumber))?.events.map(({ readAt }) => readAt);

  test('what an official wrote was read when it was first on the screen, and stays read then', async () => {
    const { events, cases, seen } = caseStore(local.client);
    const caseNumber = await sent('reader');
    const own = { owner: 'reader', person: 'reader' };
    const unread = async () => (await cases.header('reader', caseNumber))?.letters ?? 0;
    await events.add(message('reader', caseNumber, '1'));
    await events.add(message('reader', caseNumber, '2'));
    assert.deepEqual(await readTimes('reader', caseNumber), [undefined, undefined, undefined]);
    assert.equal(await unread(), 2);
    // An older screen is reported late: what came meanwhile is not read by it.
    await seen.mark(own, caseNumber, 2, monday + 1_000);
    assert.deepEqual(await readTimes('reader', caseNumber), [undefined, monday + 1_000, undefined]);
    assert.equal(await unread(), 1);
    await seen.mark(own, caseNumber, 3, monday + 2_000);
    assert.deepEqual(await readTimes('reader', caseNumber), [undefined, monday + 1_000, monday + 2_000]);
    assert.equal(await unread(), 0);
    await events.add(message('reader', caseNumber, '3'));
    await seen.mark(own, caseNumber, 4, monday + 3_000);
    await events.add(status('reader', caseNumber, 's', 'processing'));
    await seen.mark(own, caseNumber, 5, monday + 4_000);
    const expected = [undefined, monday + 1_000, monday + 2_000, monday + 3_000, undefined];
    assert.deepEqual(await readTimes('reader', caseNumber), expected);
  });

  test('an opening that meets the next event is kept, the first as well as a later one', async () => {
    const { events, seen } = caseStore(local.client);
    const caseNumber = await sent('meeting');
    const own = { owner: 'meeting', person: 'meeting' };
    /** An event whose writer has read the case before it is opened, and writes after. */
    const addWhile = async (key: string, open: () => Promise<void>) => {
      let isOpened = false;
      const send = async (command: unknown) => {
        if (command instanceof TransactWriteCommand && !isOpened) {
          isOpened = true;
          await open();
        }
        return local.client.send(command as TransactWriteCommand);
      };
      const late = { send } as Pick<DynamoDBDocumentClient, 'send'>;
      await caseStore(late).events.add(message('meeting', caseNumber, key));
    };
    await events.add(message('meeting', caseNumber, '1'));
    await addWhile('2', () => seen.mark(own, caseNumber, 2, monday + 1_000));
    await addWhile('3', () => seen.mark(own, caseNumber, 3, monday + 2_000));
    await seen.mark(own, caseNumber, 4, monday + 3_000);
    const expected = [undefined, monday + 1_000, monday + 2_000, monday + 3_000];
    assert.deepEqual(await readTimes('meeting', caseNumber), expected);
  });

  test('an organisation has read when its first person has; each has their own left to read', async () => {
    const { events, cases, seen, submissions } = caseStore(local.client);
    const { caseNumber } = await submissions.submit(submission('team', 'draft-team', { person: 'anna' }));
    await events.add(message('team', caseNumber, '1'));
    await events.add(message('team', caseNumber, '2'));
    const left = async (person: string) => {
      const header = await cases.header('team', caseNumber);
      const mark = (await seen.marks({ owner: 'team', person })).get(caseNumber);
      return header && unreadLetters(header, mark?.letters);
    };
    assert.deepEqual([await left('anna'), await left('bert')], [2, 2]);
    await seen.mark({ owner: 'team', person: 'bert' }, caseNumber, 2, monday + 1_000);
    assert.deepEqual([await left('anna'), await left('bert')], [2, 1]);
    await seen.mark({ owner: 'team', person: 'anna' }, caseNumber, 3, monday + 2_000);
    await seen.mark({ owner: 'team', person: 'bert' }, caseNumber, 3, monday + 3_000);
    assert.deepEqual([await left('anna'), await left('bert')], [0, 0]);
    const expected = [undefined, monday + 1_000, monday + 2_000];
    assert.deepEqual(await readTimes('team', caseNumber), expected);
  });

  test("in an organisation's folder each person sees for themselves", async () => {
    const { events, cases, seen, submissions } = caseStore(local.client);
    const { caseNumber } = await submissions.submit(submission('club', 'draft-club', { person: 'anna' }));
    const yellow = async (person: string) => {
      const header = await cases.header('club', caseNumber);
      return (
        header && isNew(header, person, (await seen.marks({ owner: 'club', person })).get(caseNumber)?.seenAt)
      );
    };
    assert.deepEqual([await yellow('anna'), await yellow('bert')], [false, true]);
    await events.add(message('club', caseNumber, '1'));
    await seen.mark({ owner: 'club', person: 'bert' }, caseNumber, 2, monday);
    assert.deepEqual([await yellow('anna'), await yellow('bert')], [true, false]);
    const actor = { kind: 'citizen', person: 'anna' } as const;
    await events.add(message('club', caseNumber, '2', { actor, tell: false }));
    assert.deepEqual([await yellow('anna'), await yellow('bert')], [true, true]);
  });

  test('a digest waits for what a department did, in the same transaction', async () => {
    const { events } = caseStore(local.client);
    const caseNumber = await sent('told');
    await events.add(message('told', caseNumber, '1'));
    const waiting = await digests({ client: local.client, table: tables.digests }).waiting(shardOf('told'));
    assert.deepEqual(waiting.find(({ owner }) => owner === 'told')?.cases, [caseNumber]);
    assert.equal(waiting.find(({ owner }) => owner === 'told')?.since, monday + 60_000);
  });
});
