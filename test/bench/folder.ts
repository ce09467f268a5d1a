/** What a folder of 5,000 cases costs beside one of 25: units, requests and time of each way to look at it. */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { listCases } from '../../lambdas/cases/folder.ts';
import type { Status } from '../../lambdas/domain/status.ts';
import type { CitizenRequest } from '../../lambdas/http/request.ts';
import { folder } from '../../lambdas/storage/folder.ts';
import { writeHeader, writeNewest, writeWaitsBy } from '../../lambdas/storage/header-rows.ts';
import { seen } from '../../lambdas/storage/seen.ts';
import { startMeter } from '../../lib/local/meter.ts';
import { startDynamodbLocal, tables } from '../storage/dynamodb-local.ts';

export interface FolderCost {
  readonly reads25: number;
  readonly reads5000: number;
  readonly calls25: number;
  readonly calls5000: number;
  /** Time of the larger folder over that of the smaller, the median of both asked in turn: at most 2. */
  readonly ratio: number;
}

const ratioAtMost = 2;

export const overBudget = (measured: Record<string, FolderCost> | undefined): string[] =>
  Object.entries(measured ?? {})
    .filter(([, { ratio }]) => ratio > ratioAtMost)
    .map(([view, { ratio }]) => `folder, ${view}: ${ratio} times that of 25 cases, at most ${ratioAtMost}`);

/** Ids as long as real ones: what a row costs hangs on them. */
const owners = { 25: 'AbCdEfGhIjKlMnOpQrStUv', 5000: 'BbCdEfGhIjKlMnOpQrStUv' } as const;
const day = 24 * 60 * 60 * 1000;
const first = Date.parse('2022-01-03T10:00:00Z');
const rounds = 51;
/** Mostly done with, as a large folder is. */
const statuses: readonly Status[] = ['closed', 'solved', 'closed', 'processing', 'rejected', 'closed'];

const service = (number: number): string => `palvelu_numero_${number % 20}_avustushakemus`;

/** Between 0 and 1, the same every time: no two cases take equally long. */
const chance = (number: number): number => Math.abs(Math.sin(number * 12.9898) * 43758.5453) % 1;

const header = (owner: string, number: number): Record<string, unknown> => {
  const submittedAt = Math.floor(first + (number + chance(number)) * 0.35 * day);
  const hasEvents = number % 3 > 0;
  const updatedAt = submittedAt + (hasEvents ? Math.floor(chance(-number) * 30 * day) : 0);
  const name = `${number % 20} avustus`;
  return {
    ...writeHeader({
      caseNumber: `HEL-${new Date(submittedAt).getUTCFullYear()}-${String(number + 1).padStart(6, '0')}`,
      owner,
      service: service(number),
      form: service(number),
      formVersion: '0123456789ab',
      names: { fi: name, sv: name, en: name },
      status: number % 2000 === 7 ? 'waiting' : (statuses[number % statuses.length] ?? 'sent'),
      submittedAt,
      updatedAt,
      contentUpdatedAt: updatedAt,
      revision: hasEvents ? 2 : 1,
    }),
    seenAt: number % 500 === 11 ? submittedAt - 1 : updatedAt,
    ...(number % 500 === 11 && { msgs: 1 }),
    ...(hasEvents && { eventAt: updatedAt, newest: writeNewest({ type: 'status', by: 'department' }) }),
    ...(number % 1000 === 7 && { waitsBy: writeWaitsBy({ dueDate: '2026-12-24' }) }),
  };
};

const fill = async (client: DynamoDBDocumentClient, owner: string, count: number): Promise<void> => {
  for (let start = 0; start < count; start += 25) {
    const rows = Array.from({ length: Math.min(25, count - start) }, (_, index) => ({
      PutRequest: { Item: header(owner, start + index) },
    }));
    await client.send(new BatchWriteCommand({ RequestItems: { [tables.cases]: rows } }));
  }
};

const views: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'newest first': {},
  'oldest first': { order: 'asc' },
  'one year': { year: '2024' },
  'newest events': { sort: 'event', limit: '5' },
  'waits for me': { waiting: '1' },
  'one number': { number: '2022/000012' },
  'a status of many': { status: 'closed' },
  'a status of few': { status: 'waiting' },
  'a service': { service: service(3) },
  new: { new: '1' },
  'unread messages': { sort: 'event', new: '1', unread: '1' },
  'by name': { sort: 'name' },
};

interface Taken {
  readonly ms: number;
  readonly reads: number;
  readonly calls: number;
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

const round = (value: number): number => Math.round(value * 10) / 10;

export const measureFolder = async (): Promise<Record<string, FolderCost>> => {
  const local = await startDynamodbLocal();
  const meter = await startMeter(local.url);
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: meter.url,
      region: 'eu-north-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    }),
  );
  const table = { client, table: tables.cases };
  const dependencies = { folder: folder(table), seen: seen(table), prefix: 'HEL' };

  const once = async (owner: string, query: Readonly<Record<string, string>>): Promise<Taken> => {
    const request = { session: { owner, person: owner }, query, now: Date.now() };
    meter.take();
    const startedAt = performance.now();
    await listCases(request as unknown as CitizenRequest, dependencies);
    return { ms: performance.now() - startedAt, ...meter.take() };
  };

  try {
    await fill(local.client, owners[25], 25);
    await fill(local.client, owners[5000], 5000);
    const costs: Record<string, FolderCost> = {};
    for (const [name, query] of Object.entries(views)) {
      const small: Taken[] = [];
      const large: Taken[] = [];
      // The first of each warms up and does not count; then in turn, so that whatever else runs meets both.
      for (let turn = 0; turn <= rounds; turn++) {
        const [one, other] = [await once(owners[25], query), await once(owners[5000], query)];
        if (turn === 0) continue;
        small.push(one);
        large.push(other);
      }
      const of = (taken: readonly Taken[], part: keyof Taken) => median(taken.map(one => one[part]));
      costs[name] = {
        reads25: of(small, 'reads'),
        reads5000: of(large, 'reads'),
        calls25: of(small, 'calls'),
        calls5000: of(large, 'calls'),
        ratio: round(median(large.map(({ ms }, turn) => ms / (small[turn]?.ms ?? ms)))),
      };
    }
    return costs;
  } finally {
    client.destroy();
    await meter.close();
    await local.stop();
  }
};
