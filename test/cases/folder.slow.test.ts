import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { type FolderHeader, writeHeader } from '../../lambdas/storage/header-rows.ts';
import { message, monday } from '../storage/case-fixtures.ts';
import {
  type DynamodbLocal,
  dynamodbLocalIsMissing,
  startDynamodbLocal,
  tables,
} from '../storage/dynamodb-local.ts';
import { desk } from './fixture.ts';

/** More than is on ten pages. */
const size = 300;
const numberOf = (index: number): string => `HEL-2026-${String(index + 1).padStart(6, '0')}`;

describe('what is new in a large folder', { skip: dynamodbLocalIsMissing() }, () => {
  let local: DynamodbLocal;
  before(async () => {
    local = await startDynamodbLocal();
  });
  after(() => local.stop());

  const write = async (items: readonly Record<string, unknown>[]) => {
    for (let start = 0; start < items.length; start += 25) {
      const rows = items.slice(start, start + 25).map(Item => ({ PutRequest: { Item } }));
      await local.client.send(new BatchWriteCommand({ RequestItems: { [tables.cases]: rows } }));
    }
  };

  const header = (owner: string, index: number, contentUpdatedBy: string): FolderHeader => ({
    caseNumber: numberOf(index),
    owner,
    service: 'koirailmoitus',
    form: 'koirailmoitus',
    formVersion: '0123456789ab',
    names: { fi: 'Koirailmoitus', sv: 'Hund', en: 'Dog' },
    status: 'sent',
    submittedAt: monday + index,
    updatedAt: monday + index,
    contentUpdatedAt: monday + index,
    contentUpdatedBy,
    revision: 1,
  });

  const folderOf = (owner: string, contentUpdatedBy: string) =>
    write(Array.from({ length: size }, (_, index) => writeHeader(header(owner, index, contentUpdatedBy))));

  const asking = async (owner: string, person: string) => {
    const call = await desk(local).browser({ owner, person });
    return async (query: Record<string, string>) => {
      const { status, body } = await call({ route: 'GET /api/cases', query: { new: '1', ...query } });
      assert.equal(status, 200);
      const numbers = (body.items as { caseNumber: string }[]).map(({ caseNumber }) => caseNumber);
      return [numbers, body.next] as const;
    };
  };

  test('an organisation’s person is shown it however far behind what they have seen, in every order', async () => {
    await folderOf('club', 'colleague');
    const seen = Array.from({ length: size }, (_, index) => ({
      pk: 'SEEN#club#anna',
      sk: numberOf(index),
      seenAt: monday + index,
    }));
    await write(seen.filter((_, index) => index !== 2 && index !== 1));
    const ask = await asking('club', 'anna');
    const found = [[numberOf(2), numberOf(1)], undefined];
    assert.deepEqual(await ask({}), found);
    assert.deepEqual(await ask({ sort: 'name' }), found);
    assert.deepEqual(await ask({ sort: 'event', limit: '25' }), found);
    const [first, next] = await (await asking('club', 'bert'))({});
    assert.equal(first.length, 25);
    assert.ok(next);
  });

  test('a message that was not read is counted however much happened after it', async () => {
    await folderOf('person', 'person');
    const { events } = desk(local);
    await events.add(message('person', numberOf(3), 'unread', { now: monday + 1_000 }));
    const actor = { kind: 'citizen', person: 'person' } as const;
    for (let index = 100; index < 126; index++)
      await events.add(
        message('person', numberOf(index), 'own', { actor, tell: false, now: monday + 10_000 + index }),
      );
    assert.deepEqual(await (await asking('person', 'person'))({ sort: 'event' }), [[numberOf(3)], undefined]);
    for (let index = 130; index < 156; index++)
      await events.add(
        message('person', numberOf(index), 'status', {
          body: { type: 'status', status: 'processing' },
          judge: async () => 'processing',
          now: monday + 20_000 + index,
        }),
      );
    const ask = await asking('person', 'person');
    assert.deepEqual(await ask({ sort: 'event', unread: '1' }), [[numberOf(3)], undefined]);
    assert.equal((await ask({ sort: 'event' }))[0].includes(numberOf(3)), false);
  });

  test('an organisation’s person hears of a message behind hundreds of cases they never opened', async () => {
    await folderOf('guild', 'colleague');
    await desk(local).events.add(message('guild', numberOf(5), 'unread', { now: monday + 1_000 }));
    const actor = { kind: 'citizen', person: 'colleague' } as const;
    for (let index = 100; index < 126; index++)
      await desk(local).events.add(
        message('guild', numberOf(index), 'own', { actor, tell: false, now: monday + 10_000 + index }),
      );
    const ask = await asking('guild', 'anna');
    assert.deepEqual(await ask({ sort: 'event', unread: '1' }), [[numberOf(5)], undefined]);
    await write([{ pk: 'SEEN#guild#anna', sk: numberOf(5), seenAt: monday + 1_000, msgs: 1 }]);
    assert.deepEqual(await ask({ sort: 'event', unread: '1' }), [[], undefined]);
  });
});
