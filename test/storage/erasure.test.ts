import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TransactionConflictException } from '@aws-sdk/client-dynamodb';
import {
  type DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  type UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { erasure } from '../../lambdas/storage/erasure.ts';
import type { Holding, HoldingTables } from '../../lambdas/storage/holdings.ts';

const tables: HoldingTables = {
  ...{ profiles: 'profiles', drafts: 'drafts', attachments: 'attachments' },
  ...{ cases: 'cases', digests: 'digests', sessions: 'sessions' },
};

// DynamoDB Local never answers TransactionConflict, so this is played: each row is in a transaction when first written.
const busy = () => {
  const met = new Set<string>();
  const written: string[] = [];
  const send = async (command: PutCommand | DeleteCommand | UpdateCommand) => {
    const kind = command.constructor.name;
    const { pk, sk } = (command instanceof PutCommand ? command.input.Item : command.input.Key) ?? {};
    const name = `${kind} ${pk} ${sk}`;
    if (!met.has(name)) {
      met.add(name);
      throw new TransactionConflictException({ $metadata: {}, message: 'under way' });
    }
    written.push(name);
    return {};
  };
  return { client: { send } as unknown as Pick<DynamoDBDocumentClient, 'send'>, written };
};

test('a deletion that meets a sending tries again, and leaves out nothing', async () => {
  const { client, written } = busy();
  const removed: string[] = [];
  const { erase, close } = erasure(client, tables, {
    remove: async (_, file) => {
      removed.push(file);
    },
  });
  const draft: Holding = { what: 'draft', table: 'drafts', key: { pk: 'OWNER#o', sk: 'DRAFT#d' } };
  const file: Holding = {
    ...{ what: 'file', table: 'attachments', key: { pk: 'OWNER#o', sk: 'FILE#d#f' } },
    file: { owner: 'o', draft: 'd', id: 'f' },
  };
  await erase([draft, file]);
  await close('o', 1_800_000_000_000);
  assert.deepEqual(
    written.map(name => name.split(' ')[0]),
    ['DeleteCommand', 'UpdateCommand', 'UpdateCommand', 'DeleteCommand', 'PutCommand'],
  );
  assert.ok(removed.includes('f'));
});
