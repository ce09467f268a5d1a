/** Mistakes planted in how a form is sent: the schedules must find every one, or they prove nothing. */
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { DeleteCommand, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Client } from './fuse.ts';

type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];
type Item = Readonly<Record<string, unknown>>;

export interface Plant {
  readonly name: string;
  /** How this portal speaks to DynamoDB. */
  readonly client: (client: Client) => Client;
  /** Nobody goes through the courses. */
  readonly neverSettles?: true;
  /** The scenario that is tried first. */
  readonly seenIn?: string;
  /** Two windows are tried first. */
  readonly seenBeside?: true;
}

const isReceipt = ({ Put }: Write): boolean => Put?.Item !== undefined && 'stored' in Put.Item;
const isPlace = ({ Put }: Write): boolean => String(Put?.Item?.sk ?? '').startsWith('PLACE#');
const isChange = ({ Put }: Write): boolean => String(Put?.Item?.sk ?? '').startsWith('CONTENT#');
const isSending = (writes: readonly Write[]): boolean => writes.some(isReceipt);

type Transaction = (writes: readonly Write[]) => Promise<unknown>;

/** Another way with the one transaction that sends a form; everything else as it is. */
const sendingBy =
  (way: (writes: readonly Write[], client: Client, transact: Transaction) => Promise<unknown>) =>
  (client: Client): Client => {
    const transact: Transaction = writes =>
      client.send(new TransactWriteCommand({ TransactItems: [...writes] }));
    const send = (command: { input: { TransactItems?: Write[] } }) => {
      const { TransactItems: writes } = command.input;
      return writes && isSending(writes) ? way(writes, client, transact) : client.send(command as never);
    };
    return { send: send as Client['send'] };
  };

const parts = (writes: readonly Write[], isApart: (write: Write) => boolean) => ({
  apart: writes.filter(isApart),
  rest: writes.filter(write => !isApart(write)),
});

const single = async (client: Client, { Put, Update, Delete }: Write): Promise<void> => {
  if (Put) await client.send(new PutCommand(Put));
  if (Update) await client.send(new UpdateCommand(Update as never));
  if (Delete) await client.send(new DeleteCommand(Delete));
};

const withoutCondition = (write: Write): Write => {
  if (!write.Put || !isReceipt(write)) return write;
  const { TableName, Item } = write.Put;
  return { Put: { TableName, Item: Item as Item } };
};

/** A new draft each time, as far as the portal remembers. */
const elsewhere = (write: Write): Write =>
  write.Put && isReceipt(write)
    ? { Put: { ...write.Put, Item: { ...write.Put.Item, sk: `DRAFT#${crypto.randomUUID()}` } } }
    : write;

/** As `scenarios.ts` has it. */
export const courseName = 'a course with one place';
export const amendmentName = 'the change of a sent form, with another file';

export const plants: readonly Plant[] = [
  {
    name: 'the draft ends after the case is made',
    client: sendingBy(async (writes, _, transact) => {
      const { apart, rest } = parts(writes, isReceipt);
      await transact(rest);
      return transact(apart);
    }),
  },
  {
    name: 'the draft ends before the case is made',
    client: sendingBy(async (writes, _, transact) => {
      const { apart, rest } = parts(writes, isReceipt);
      await transact(apart);
      return transact(rest);
    }),
  },
  {
    name: 'the draft ends whether it had ended or not',
    seenBeside: true,
    client: sendingBy((writes, _, transact) => transact(writes.map(withoutCondition))),
  },
  {
    name: 'the draft’s end is written under another name',
    client: sendingBy((writes, _, transact) => transact(writes.map(elsewhere))),
  },
  {
    name: 'row by row instead of all or nothing',
    client: sendingBy(async (writes, client) => {
      for (const write of writes) await single(client, write);
      return {};
    }),
  },
  {
    name: 'a failure taken for success',
    client: sendingBy((writes, _, transact) => transact(writes).catch(() => ({}))),
  },
  {
    name: 'files are not taken along',
    client: sendingBy((writes, _, transact) => transact(writes.filter(({ Update }) => !Update))),
  },
  {
    name: 'the place is taken after the case is made',
    seenIn: courseName,
    client: sendingBy(async (writes, _, transact) => {
      const { apart, rest } = parts(writes, isPlace);
      const result = await transact(rest);
      if (apart.length > 0) await transact(apart);
      return result;
    }),
  },
  {
    name: 'the place is taken before the case is made',
    seenIn: courseName,
    client: sendingBy(async (writes, _, transact) => {
      const { apart, rest } = parts(writes, isPlace);
      if (apart.length > 0) await transact(apart);
      return transact(rest);
    }),
  },
  {
    name: 'a change is written after the event that tells of it',
    seenIn: amendmentName,
    client: sendingBy(async (writes, _, transact) => {
      const { apart, rest } = parts(writes, isChange);
      const result = await transact(rest);
      if (apart.length > 0) await transact(apart);
      return result;
    }),
  },
  {
    name: 'a change is written before the event that tells of it',
    seenIn: amendmentName,
    client: sendingBy(async (writes, _, transact) => {
      const { apart, rest } = parts(writes, isChange);
      if (apart.length > 0) await transact(apart);
      return transact(rest);
    }),
  },
  {
    name: 'numbers that came to nothing are never reclaimed',
    seenIn: courseName,
    client: client => client,
    neverSettles: true,
  },
];
