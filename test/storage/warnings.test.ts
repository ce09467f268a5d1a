import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeleteCommand, type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { warnOwed } from '../../lambdas/profile/warn.ts';
import { memorySealer } from '../../lambdas/storage/sealing.memory.ts';
import { warningRow, warnings } from '../../lambdas/storage/warnings.ts';

const at = 1_800_000_000_000;
const letter = { email: { sender: '', subject: '', text: '', html: '' }, sms: '' };

test('a warning that cannot be read holds none of the younger back, is counted, and goes after three days', async () => {
  const sealer = memorySealer();
  const owed = async (id: string, minute: number, by = sealer) =>
    warningRow(
      { id, field: 'email', address: `${id}@example.fi`, language: 'fi', at: at + minute * 60_000 },
      by,
    );
  const rows: Record<string, unknown>[] = [
    await owed('lost-key', 0, memorySealer()),
    { ...(await owed('no-bytes', 1)), sealed: 'text' },
    await owed('whole', 2),
  ];
  const send = async (command: unknown) => {
    if (command instanceof QueryCommand) return { Items: [...rows] };
    if (command instanceof DeleteCommand)
      rows.splice(
        rows.findIndex(({ sk }) => sk === command.input.Key?.sk),
        1,
      );
    return {};
  };
  const client = { send } as unknown as Pick<DynamoDBDocumentClient, 'send'>;
  const told: string[] = [];
  const run = (now: number) =>
    warnOwed({
      warnings: warnings({ client, table: 'profiles', sealer }),
      notify: async recipient => {
        told.push('address' in recipient ? recipient.address : recipient.number);
        return 'sent';
      },
      texts: { addressGone: () => letter },
      now: () => now,
      hasTime: () => true,
    });

  assert.deepEqual(await run(at + 60 * 60_000), { told: 1, waiting: 0, unreadable: 2, lost: 0 });
  assert.deepEqual(told, ['whole@example.fi']);
  assert.deepEqual(
    rows.map(({ sk }) => sk),
    ['lost-key', 'no-bytes'],
  );
  assert.deepEqual(await run(at + 72 * 3_600_000), { told: 0, waiting: 0, unreadable: 1, lost: 1 });
  assert.deepEqual(await run(at + 73 * 3_600_000), { told: 0, waiting: 0, unreadable: 0, lost: 1 });
  assert.deepEqual(rows, []);
});
