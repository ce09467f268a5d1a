import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { BatchWriteCommand, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { isNew, sortByName, unreadLetters } from '../../lambdas/domain/folder.ts';
import type { Status } from '../../lambdas/domain/status.ts';
import { type Folder, folder } from '../../lambdas/storage/folder.ts';
import { type FolderFilter, passes } from '../../lambdas/storage/folder-filter.ts';
import type { FolderEntry } from '../../lambdas/storage/folder-packing.ts';
import { type FolderHeader, readHeader, writeHeader } from '../../lambdas/storage/header-rows.ts';
import { caseStore, message, monday } from './case-fixtures.ts';
import { type DynamodbLocal, dynamodbLocalIsMissing, startDynamodbLocal, tables } from './dynamodb-local.ts';

const hour = 60 * 60 * 1000;
/** More than may come or change before a folder's card is made anew. */
const size = 230;

describe('a folder too large to read whole', { skip: dynamodbLocalIsMissing() }, () => {
  let local: DynamodbLocal;
  let owner = '';
  let made = 0;
  let time = monday;

  before(async () => {
    local = await startDynamodbLocal();
  });
  after(() => local.stop());

  const header = (index: number, more: Partial<FolderHeader> = {}): FolderHeader => ({
    caseNumber: `HEL-${index < 100 ? 2025 : 2026}-${String(index + 1).padStart(6, '0')}`,
    owner,
    service: `palvelu-${index % 7}`,
    form: `palvelu-${index % 7}`,
    formVersion: '0123456789ab',
    names: { fi: `${'ÄAÖBCOD'[index % 7]} lomake`, sv: `blankett ${index % 7}`, en: `form ${index % 7}` },
    status: index % 150 === 3 ? 'waiting' : 'closed',
    submittedAt: monday - (size - index) * hour,
    updatedAt: monday - (size - index) * hour,
    contentUpdatedAt: monday - (size - index) * hour,
    // Some are new to the owner from the first.
    ...(index % 50 !== 7 && { contentUpdatedBy: owner }),
    revision: 1,
    ...more,
  });

  const write = async (headers: readonly FolderHeader[]) => {
    for (let start = 0; start < headers.length; start += 25) {
      const rows = headers.slice(start, start + 25).map(one => ({ PutRequest: { Item: writeHeader(one) } }));
      await local.client.send(new BatchWriteCommand({ RequestItems: { [tables.cases]: rows } }));
    }
  };

  /** A process of the portal; several read and make the same card. */
  const store = (): Folder => folder({ client: local.client, table: tables.cases, now: () => time });

  const all = async (): Promise<FolderHeader[]> => {
    const { Items = [] } = await local.client.send(
      new QueryCommand({
        TableName: tables.cases,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :cases)',
        ExpressionAttributeValues: { ':pk': `OWNER#${owner}`, ':cases': 'CASE#' },
        ConsistentRead: true,
      }),
    );
    return Items.map(readHeader);
  };

  const cardOf = async () =>
    (
      await local.client.send(
        new GetCommand({ TableName: tables.cases, Key: { pk: `CARD#${owner}`, sk: 'CARD' } }),
      )
    ).Item;

  type Next = (after?: string) => ReturnType<Folder['page']>;
  const walk = async (next: Next, after?: string): Promise<readonly FolderEntry[]> => {
    const { headers, next: more } = await next(after);
    return more === undefined ? headers : [...headers, ...(await walk(next, more))];
  };

  /** What the list says of a case. What the owner of a folder has seen, a shared one does not tell. */
  const shownTo = (filter: FolderFilter) => (entries: readonly FolderEntry[]) =>
    entries.map(entry => [
      ...[entry.caseNumber, entry.service, entry.form, entry.names, entry.status],
      ...[entry.submittedAt, entry.updatedAt, entry.newest, entry.waitsFor],
      ...[isNew(entry, owner, filter.isShared ? 0 : entry.seenAt), unreadLetters(entry)],
    ]);

  const filters = (): readonly FolderFilter[] => [
    {},
    { status: 'waiting' },
    { status: 'processing' },
    { services: ['palvelu-3', 'palvelu-5'] },
    { newTo: { owner, person: owner } },
    { year: { prefix: 'HEL', year: 2025 }, services: ['palvelu-1'] },
    { year: { prefix: 'HEL', year: 2025 }, status: 'waiting' },
    { newTo: { owner, person: owner }, services: ['palvelu-3', 'palvelu-6'] },
    { newTo: { owner, person: 'anna' }, isShared: true, marks: marks() },
    { newTo: { owner, person: owner }, isUnread: true },
    { newTo: { owner, person: 'anna' }, isUnread: true, isShared: true, marks: marks() },
    { services: ['palvelu-2'], isShared: true },
  ];

  /** Anna has seen every other case. */
  const marks = () =>
    new Map(
      Array.from({ length: size }, (_, n) => [
        header(n).caseNumber,
        { seenAt: n % 2 ? 0 : monday, letters: 0 },
      ]),
    );

  /** Whatever way is taken, what is found is what is there. */
  const assertRight = async (where: string, count = filters().length) => {
    const headers = await all();
    for (const [index, filter] of filters().slice(0, count).entries()) {
      const wanted = headers.filter(one => passes(filter, one));
      const place = `${where}, filter ${index}`;
      const shown = shownTo(filter);
      if (where === 'first')
        assert.deepEqual(
          shown(await walk(after => store().page(owner, 'asc', after, filter))),
          shown(wanted),
          place,
        );
      assert.deepEqual(
        shown(await walk(after => store().page(owner, 'desc', after, filter))),
        shown(wanted.toReversed()),
        place,
      );
      const by = { language: 'fi', order: 'asc' } as const;
      const named = wanted.map(one => ({ ...one, name: one.names.fi }));
      assert.deepEqual(
        shown(await walk(after => store().byName(owner, by, after, filter))),
        shown(sortByName(named, 'fi', 'asc')),
        place,
      );
      const latest = wanted.toReversed().toSorted((one, other) => other.updatedAt - one.updatedAt);
      assert.deepEqual(
        shown(await store().newestOf(owner, 20, filter)),
        shown(latest.slice(0, 20)),
        `${place}, the newest`,
      );
    }
  };

  const status = (index: number, to: Status, key: string) =>
    caseStore(local.client).events.add(
      message(owner, header(index).caseNumber, key, {
        now: time,
        body: { type: 'status', status: to },
        judge: async () => to,
      }),
    );

  beforeEach(async () => {
    owner = `large-${made++}`;
    time = monday;
    await write(Array.from({ length: size }, (_, index) => header(index)));
  });

  test('what is found stays right while cases arrive, change and are seen, with a card and without', async () => {
    const { events } = caseStore(local.client);
    await events.add(message(owner, header(10).caseNumber, 'written', { now: time }));
    await assertRight('first');
    const card = await cardOf();
    assert.ok(card, 'a card was made');
    await status(3, 'processing', 'a');
    await status(153, 'solved', 'b');
    await status(200, 'waiting', 'c');
    await assertRight('changed at once');
    time += 3 * hour;
    await status(20, 'processing', 'd');
    await events.add(message(owner, header(101).caseNumber, 'written', { now: time }));
    await write([
      header(size, { submittedAt: time, updatedAt: time }),
      header(size + 1, { submittedAt: time }),
    ]);
    await assertRight('changed later');
    const self = { owner, person: owner };
    await caseStore(local.client).seen.mark(self, header(20).caseNumber, 2, time);
    await caseStore(local.client).seen.mark(self, header(57).caseNumber, 1, time);
    await assertRight('seen');
    for (let n = 0; n < 30; n++) await status(n * 7, n % 2 === 0 ? 'processing' : 'waiting', `many ${n}`);
    await write(
      Array.from({ length: 30 }, (_, n) => header(size + 2 + n, { submittedAt: time, updatedAt: time })),
    );
    await assertRight('more than is read beforehand');
    assert.equal((await cardOf())?.at, card.at, 'the card is still the first');
  });

  test('a number whose sending was slower than those after it is not missed', async () => {
    await write([header(size + 2, { submittedAt: time - 1000 })]);
    await assertRight('before');
    await write([header(size + 1, { submittedAt: time - 2000 })]);
    await assertRight('after');
  });

  test('after many changes the card is made anew; one of the future or of nonsense is not believed', async () => {
    await assertRight('first');
    const before = Number((await cardOf())?.at);
    time += 3 * hour;
    await write(
      Array.from({ length: 201 }, (_, index) => header(size + index, { submittedAt: monday + index })),
    );
    await assertRight('grown', 2);
    assert.ok(Number((await cardOf())?.at) > before);
    time = monday - hour;
    await status(5, 'processing', 'past');
    await assertRight('clock set back', 2);
    await local.client.send(
      new BatchWriteCommand({
        RequestItems: {
          [tables.cases]: [{ PutRequest: { Item: { pk: `CARD#${owner}`, sk: 'CARD', at: 'x' } } }],
        },
      }),
    );
    await assertRight('nonsense', 2);
  });
});
