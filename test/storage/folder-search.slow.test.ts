import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { FolderFilter } from '../../lambdas/storage/folder-filter.ts';
import { caseStore, message, monday, submission } from './case-fixtures.ts';
import { type DynamodbLocal, dynamodbLocalIsMissing, startDynamodbLocal } from './dynamodb-local.ts';

const owner = 'searcher';
const self = { owner, person: owner };

describe('what a folder is searched by', { skip: dynamodbLocalIsMissing() }, () => {
  let local: DynamodbLocal;
  let numbers: string[] = [];
  const store = () => caseStore(local.client);
  const number = (index: number) => numbers[index] ?? assert.fail(`no case ${index}`);

  /** Places of the cases found, in the order they were sent. */
  const found = async (filter: FolderFilter) => {
    const { headers } = await store().folder.page(owner, 'asc', undefined, filter);
    return headers.map(({ caseNumber }) => numbers.indexOf(caseNumber));
  };
  const newest = async (count: number) =>
    (await store().folder.newest(owner, count)).map(({ caseNumber }) => numbers.indexOf(caseNumber));
  const waiting = async () =>
    (await store().folder.waiting(owner)).map(({ caseNumber, waitsFor }) => [
      numbers.indexOf(caseNumber),
      waitsFor?.dueDate,
    ]);

  const ask = (index: number, key: string, dueDate?: string) =>
    store().events.add(
      message(owner, number(index), key, {
        body: { type: 'request', text: 'Lisätietoja', ...(dueDate && { dueDate }) },
        now: monday + 1_000_000 + index,
      }),
    );

  before(async () => {
    local = await startDynamodbLocal();
    const { submissions } = store();
    const sent: string[] = [];
    // One after the other: they are told apart by their numbers.
    for (let index = 0; index < 30; index++) {
      const service = index % 3 === 0 ? 'venepaikka' : 'koirailmoitus';
      const at = index < 5 ? monday - 365 * 86_400_000 + index : monday + index;
      const one = submission(owner, `draft-search-${index}`, { service, form: service, at });
      sent.push((await submissions.submit(one)).caseNumber);
    }
    numbers = sent.toSorted();
  });
  after(() => local.stop());

  test('by year, service and status, alone and together', async () => {
    const [year, services] = [{ prefix: 'HEL', year: 2025 }, ['venepaikka']] as const;
    assert.deepEqual(await found({ year }), [0, 1, 2, 3, 4]);
    assert.deepEqual(await found({ year, services }), [0, 3]);
    assert.deepEqual(await found({ services: ['venepaikka', 'muu'] }), [0, 3, 6, 9, 12, 15, 18, 21, 24, 27]);
    assert.deepEqual(await found({ services: ['muu'] }), []);
    await store().events.add(
      message(owner, number(7), 'status', {
        body: { type: 'status', status: 'processing' },
        judge: async () => 'processing',
      }),
    );
    assert.deepEqual(await found({ status: 'processing' }), [7]);
    assert.deepEqual(await found({ status: 'processing', services: ['venepaikka'] }), []);
  });

  test('chosen cases come page by page without gap or repetition', async () => {
    const filter = { status: 'sent' } as const;
    const first = await store().folder.page(owner, 'desc', undefined, filter);
    assert.equal(first.headers.length, 25);
    const second = await store().folder.page(owner, 'desc', first.next, filter);
    assert.equal(second.next, undefined);
    const all = [...first.headers, ...second.headers].map(({ caseNumber }) => caseNumber);
    assert.deepEqual(all, numbers.filter((_, index) => index !== 7).toReversed());
  });

  test('the newest are those in which something happened last, however old they are', async () => {
    await store().events.add(message(owner, number(2), 'late', { now: monday + 900_000 }));
    assert.deepEqual(await newest(3), [2, 7, 29]);
  });

  test('new is what somebody else did since it was seen', async () => {
    const isNew = { newTo: self };
    assert.deepEqual(await found(isNew), [2, 7]);
    await store().seen.mark(self, number(2), 2, monday);
    assert.deepEqual(await found(isNew), [7]);
    const actor = { kind: 'citizen', person: owner } as const;
    await store().events.add(message(owner, number(2), 'own', { actor, tell: false }));
    assert.deepEqual(await found(isNew), [7], "one's own acts are not new");
    await store().events.add(message(owner, number(2), 'again'));
    await store().events.add(message(owner, number(2), 'own again', { actor, tell: false }));
    assert.deepEqual(await found(isNew), [2, 7], 'an answer hides nothing that its writer has not seen');
  });

  test('what is asked comes soonest first, and goes when it is answered or no longer waited for', async () => {
    await ask(10, 'a');
    await ask(11, 'b', '2026-12-24');
    await ask(12, 'c', '2026-12-01');
    await ask(11, 'd', '2027-01-07');
    assert.deepEqual(await waiting(), [
      [12, '2026-12-01'],
      [11, '2026-12-24'],
      [10, undefined],
    ]);
    const actor = { kind: 'citizen', person: owner } as const;
    await store().events.add(message(owner, number(12), 'answer', { actor, tell: false }));
    await store().events.add(
      message(owner, number(10), 'done', {
        body: { type: 'status', status: 'solved' },
        judge: async () => 'solved',
      }),
    );
    assert.deepEqual(await waiting(), [[11, '2026-12-24']]);
    assert.deepEqual((await store().folder.header(owner, number(11)))?.newest, {
      type: 'request',
      by: 'department',
    });
  });

  test('headers come in the order they were asked for, without those of others', async () => {
    const { caseNumber: theirs } = await store().submissions.submit(submission('other', 'draft-other-1'));
    const asked = [number(3), theirs, number(1)];
    assert.deepEqual(
      (await store().folder.headers(owner, asked)).map(({ caseNumber }) => caseNumber),
      [number(3), number(1)],
    );
  });
});
