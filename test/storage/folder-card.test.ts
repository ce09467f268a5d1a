import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { deflateRawSync } from 'node:zlib';
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { folderOverview } from '../../lambdas/storage/folder-overview.ts';
import { type FolderHeader, writeHeader } from '../../lambdas/storage/header-rows.ts';
import type { Table } from '../../lambdas/storage/query.ts';
import { monday } from './case-fixtures.ts';

const owner = 'club';
const header: FolderHeader = {
  ...{ caseNumber: 'HEL-2026-000001', owner, service: 'koira', form: 'koira', formVersion: '0123456789ab' },
  names: { fi: 'Koira', sv: 'Hund', en: 'Dog' },
  ...{ status: 'processing', revision: 1 },
  ...{ submittedAt: monday - 3_600_000, updatedAt: monday, contentUpdatedAt: monday },
};

/** A table with one case more than a page shows, as far as a folder's cards go, and what is written of them. */
const table = ({ card, failing }: { card?: object; failing?: string }) => {
  const written: unknown[] = [];
  const put = async ({ sk }: Record<string, unknown>) => {
    if (sk === failing) throw new Error('too large');
    await setTimeout(20);
    written.push(sk);
  };
  const send = async (command: unknown) => {
    if (command instanceof PutCommand) return put(command.input.Item ?? {});
    if (command instanceof GetCommand) return command.input.Key?.sk === 'CARD' ? { Item: card } : {};
    assert.ok(command instanceof QueryCommand);
    const { Limit, IndexName } = command.input;
    return { Items: IndexName ? [] : [writeHeader(header)], ...(Limit && { LastEvaluatedKey: { pk: 'x' } }) };
  };
  return { written, ground: { client: { send } as unknown as Table['client'], table: 'cases' } };
};

const read = async (made: ReturnType<typeof table>, isShared = false) => {
  const overview = await folderOverview({ ...made.ground, now: () => monday })(owner, { isShared }, true);
  return overview.cases.map(one => [one.caseNumber, one.status]);
};
const right = [[header.caseNumber, header.status]];

test('what is new to an organisation is not written down: nobody would ask it', async () => {
  const [club, person] = [table({}), table({})];
  assert.deepEqual([await read(club, true), club.written], [right, ['CARD']]);
  assert.deepEqual([await read(person), person.written], [right, ['CARD', 'NEW']]);
});

test('one of the two rows that cannot be written does not keep the other from being awaited', async () => {
  for (const [failing, other] of [
    ['NEW', 'CARD'],
    ['CARD', 'NEW'],
  ] as const) {
    const made = table({ failing });
    assert.deepEqual([await read(made), made.written], [right, [other]]);
  }
});

test('a card that cannot be read is made anew', async () => {
  for (const text of ['', '{}', '{"numbers":']) {
    const list = new Uint8Array(deflateRawSync(text));
    const made = table({ card: { at: monday, upTo: header.caseNumber, list } });
    assert.deepEqual([await read(made), made.written], [right, ['CARD', 'NEW']]);
  }
  const made = table({ card: { at: monday, upTo: header.caseNumber, list: Uint8Array.of(1, 2, 3) } });
  assert.deepEqual([await read(made), made.written], [right, ['CARD', 'NEW']]);
});
