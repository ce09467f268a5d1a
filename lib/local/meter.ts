/**
 * Counts what a journey costs in DynamoDB: a proxy in front of the local engine asks it for the consumed
 * capacity of every call and adds it up. Only the benchmark puts it in between, so no handler knows of it.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Consumption {
  /** Read units (4 kB, consistent; 0.5 when not). */
  reads: number;
  /** Write units (1 kB; double in a transaction). */
  writes: number;
  /** Requests to DynamoDB. */
  calls: number;
}

export interface Meter {
  readonly url: string;
  /** What was consumed since the last time it was asked. */
  take(): Consumption;
  close(): Promise<void>;
}

interface Capacity {
  CapacityUnits?: number;
  ReadCapacityUnits?: number;
  WriteCapacityUnits?: number;
}

const writing = /Put|Update|Delete|BatchWrite|TransactWrite/;

const add = (total: Consumption, operation: string, capacity: Capacity): void => {
  const units = capacity.CapacityUnits ?? 0;
  if (writing.test(operation)) total.writes += capacity.WriteCapacityUnits ?? units;
  else total.reads += capacity.ReadCapacityUnits ?? units;
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

const metered = (operation: string): boolean => /Item|Query|Scan/.test(operation);

const withCapacity = (body: string): string =>
  JSON.stringify({ ...JSON.parse(body), ReturnConsumedCapacity: 'TOTAL' });

export const startMeter = async (target: string): Promise<Meter> => {
  let total: Consumption = { reads: 0, writes: 0, calls: 0 };
  const forward = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
    const body = await bodyOf(request);
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(
        ([name]) => !['host', 'content-length', 'connection'].includes(name),
      ),
    ) as Record<string, string>;
    const answer = await fetch(target, {
      method: 'POST',
      headers,
      body: metered(operation) ? withCapacity(body) : body,
    });
    const text = await answer.text();
    total.calls += 1;
    const consumed = answer.ok
      ? (JSON.parse(text).ConsumedCapacity as Capacity | Capacity[] | undefined)
      : undefined;
    for (const capacity of consumed === undefined ? [] : [consumed].flat()) add(total, operation, capacity);
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(text);
  };
  const server = createServer((request, response) => {
    forward(request, response).catch(() => response.writeHead(502).end());
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take: () => {
      const taken = total;
      total = { reads: 0, writes: 0, calls: 0 };
      return taken;
    },
    close: () => new Promise(resolve => server.close(() => resolve())),
  };
};
