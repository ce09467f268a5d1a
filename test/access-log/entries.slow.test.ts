import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { serveEntries } from '../../lambdas/access-log/entries.ts';
import { keptUntil, type Reading } from '../../lambdas/domain/access-log.ts';
import { api } from '../../lambdas/http/api.ts';
import { accessLog, accessLogReading } from '../../lambdas/storage/access-log.ts';
import { memorySessions } from '../../lambdas/storage/sessions.memory.ts';
import { call, environment } from '../http/call.ts';
import { caseStore, monday, sealer, submission } from '../storage/case-fixtures.ts';
import {
  type DynamodbLocal,
  dynamodbLocalIsMissing,
  startDynamodbLocal,
  tables,
} from '../storage/dynamodb-local.ts';

const department = { kind: 'department', client: 'dogs', name: 'Ympäristö' } as const;

describe('the log of who looked', { skip: dynamodbLocalIsMissing() }, () => {
  let local: DynamodbLocal;
  before(async () => {
    local = await startDynamodbLocal();
  });
  after(() => local.stop());

  const table = () => ({ client: local.client, table: tables.accessLog, sealer });
  const reading = (owner: string, minutes: number, more: Partial<Reading> = {}): Reading => ({
    ...{ owner, at: monday + minutes * 60_000, caseNumber: 'HEL-2026-000001', by: department },
    ...{ what: 'case', purpose: 'Hakemuksen käsittely', ...more },
  });

  /** A signed-in browser of somebody, who asks for what is logged of their folder. */
  const browser = async (owner: string, person = owner, now = monday + 3_600_000) => {
    const sessions = memorySessions();
    const { cases } = caseStore(local.client);
    const handler = api(serveEntries({ log: accessLogReading(table()), cases, prefix: 'HEL' }), {
      ...{ access: 'registered', environment, sessions, now: () => now },
    });
    const session = await sessions.create({
      ...{ owner, person, registered: true, method: 'bank', startedAt: now, signOutHint: {} },
      ...{ kind: owner === person ? 'person' : 'organisation', issuer: 'x', subject: person },
      ...{ identity: { name: 'Maija' }, identityKeys: { owner, person } },
      ...(owner !== person && {
        identity: { name: 'Maija', organisation: { name: 'Yritys Oy', businessId: '0000000-0' } },
        mandate: { roles: [], checkedAt: now, isLost: false },
      }),
    });
    return async (route: string, parameters: Record<string, string> = {}, query = {}) =>
      call(handler, { route: `GET /api/${route}`, parameters, query, session });
  };

  test('is told to those whose folder it is, newest first, page by page, and to nobody else', async () => {
    const log = accessLog(table());
    for (let minute = 0; minute < 30; minute++) await log.addReading(reading('owner', minute));
    const ask = await browser('owner');
    const first = await ask('readings');
    const items = first.body.items as { at: number }[];
    assert.equal(items.length, 25);
    assert.deepEqual(items[0], {
      ...{ at: monday + 29 * 60_000, caseNumber: 'HEL-2026-000001', what: 'case' },
      ...{ purpose: 'Hakemuksen käsittely', by: { kind: 'department', name: 'Ympäristö' } },
    });
    const second = await ask('readings', {}, { cursor: String(first.body.next) });
    assert.deepEqual(
      [...items, ...(second.body.items as { at: number }[])].map(({ at }) => (at - monday) / 60_000),
      Array.from({ length: 30 }, (_, index) => 29 - index),
    );
    assert.equal(second.body.next, undefined);
    const other = await browser('other');
    assert.deepEqual((await other('readings')).body, { items: [] });
    assert.deepEqual((await other('readings', {}, { cursor: String(first.body.next) })).body, { items: [] });
  });

  test('shows of one case what is of that case', async () => {
    const log = accessLog(table());
    const { submissions } = caseStore(local.client);
    const sent = async (draft: string) =>
      (await submissions.submit(submission('sender', draft))).caseNumber as string;
    const [one, two] = [await sent('draft-one-0001'), await sent('draft-two-0002')];
    await log.addReading(reading('sender', 1, { caseNumber: one }));
    await log.addReading(reading('sender', 2, { caseNumber: two, what: 'attachment', file: 'kartta.pdf' }));
    const ask = await browser('sender');
    const { body } = await ask('cases/{caseNumber}/readings', { caseNumber: two });
    assert.deepEqual(
      (body.items as Reading[]).map(({ caseNumber, what, file }) => [caseNumber, what, file]),
      [[two, 'attachment', 'kartta.pdf']],
    );
    const stranger = await browser('stranger');
    assert.equal((await stranger('cases/{caseNumber}/readings', { caseNumber: two })).status, 404);
  });

  test('in an organisation each sees what the others have read, never what is logged of themselves', async () => {
    const log = accessLog(table());
    const by = (person: string) => ({ kind: 'representative', person, name: `Nimi ${person}` }) as const;
    await log.addReading(reading('club', 1, { by: by('one') }));
    await log.addReading(reading('club', 2, { by: by('two') }));
    await log.addReading(reading('club', 3));
    const names = async (person: string) => {
      const ask = await browser('club', person);
      return ((await ask('readings')).body.items as Reading[]).map(item => item.by.name);
    };
    assert.deepEqual(await names('one'), ['Ympäristö', 'Nimi two']);
    assert.deepEqual(await names('two'), ['Ympäristö', 'Nimi one']);
  });

  test('what a colleague reads of a case within a minute is one entry, dated by when it began', async () => {
    const log = accessLog(table());
    const by = { kind: 'representative', person: 'one', name: 'Nimi' } as const;
    const seconds = (count: number, more: Partial<Reading>) => reading('firm-read', count / 60, more);
    await log.addReading(seconds(130, {}));
    await log.addReading(seconds(140, { by }));
    await log.addReading(seconds(170, { by }));
    const ask = await browser('firm-read', 'two');
    const { items } = (await ask('readings')).body as { items: Reading[] };
    assert.deepEqual(
      items.map(item => [item.by.kind, (item.at - monday) / 1000]),
      [
        ['representative', 140],
        ['department', 130],
      ],
    );
  });

  test('knows sign-ins: of the folder, and of the human being for whomever they acted', async () => {
    const log = accessLog(table());
    const own = { at: monday, owner: 'human', person: 'human', name: 'Maija', method: 'bank' };
    await log.addSignIn(own);
    await log.addSignIn({ ...own, at: monday + 1, owner: 'firm', organisation: 'Yritys Oy' });
    const seen = async (owner: string, person = owner) =>
      (await (await browser(owner, person))('sign-ins')).body.items;
    const acted = { at: monday + 1, name: 'Maija', method: 'bank', organisation: 'Yritys Oy' };
    assert.deepEqual(await seen('human'), [acted, { at: monday, name: 'Maija', method: 'bank' }]);
    assert.deepEqual(await seen('firm', 'human'), [acted]);
  });

  test('an entry ends after five years, whether or not it has been removed yet', async () => {
    await accessLog(table()).addReading(reading('past', 0));
    const end = keptUntil(monday);
    assert.equal(new Date(end).toISOString(), '2031-11-23T08:00:00.000Z');
    const count = async (now: number) =>
      ((await (await browser('past', 'past', now))('readings')).body.items as unknown[]).length;
    assert.deepEqual([await count(end - 1000), await count(end + 1000)], [1, 0]);
  });

  test('an answer of the database that was lost does not write twice, and nothing is written over', async () => {
    const writes: PutCommand[] = [];
    const send = async (command: PutCommand) => {
      writes.push(command);
      await local.client.send(command);
      // The client's own second try.
      return local.client.send(command);
    };
    const client = { send } as unknown as DynamodbLocal['client'];
    await accessLog({ ...table(), client }).addReading(reading('retried', 0));
    assert.equal(((await (await browser('retried'))('readings')).body.items as unknown[]).length, 1);
    const [write] = writes;
    assert.ok(write instanceof PutCommand);
    assert.equal(write.input.ConditionExpression, 'attribute_not_exists(pk)');
    // What was read and why is for the folder's own people: the table alone does not tell.
    assert.doesNotMatch(JSON.stringify({ ...write.input.Item, sealed: '' }), /käsittely|Ympäristö/);
  });
});
