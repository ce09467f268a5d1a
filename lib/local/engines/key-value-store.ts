import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { readOrMake, writeWhole } from './durable.ts';
import { answerJson, type Engine, listen, readBody } from './server.ts';

export interface KeyValueStoreOptions {
  readonly dataDir: string;
  /** Epoch ms. */
  readonly now: () => number;
  readonly port?: number;
}

export interface KeyValueStore extends Engine {
  /** As CloudFront's functions read it. */
  get(key: string): string | undefined;
}

interface Content {
  readonly etag: string;
  /** Epoch ms. */
  readonly created: number;
  readonly modified: number;
  readonly values: Readonly<Record<string, string>>;
}

class StoreRefusal extends Error {
  readonly status: number;
  constructor(status: number, name: string, message: string) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

const refuse = (status: number, name: string, message: string): never => {
  throw new StoreRefusal(status, name, message);
};

const sizes = ({ values }: Content) => ({
  ItemCount: Object.keys(values).length,
  TotalSizeInBytes: Object.entries(values).reduce((sum, pair) => sum + Buffer.byteLength(pair.join('')), 0),
});

interface Update {
  readonly Puts?: readonly { readonly Key: string; readonly Value: string }[];
  readonly Deletes?: readonly { readonly Key: string }[];
}

/** Limits of the real store: 512 bytes a key, 1 kB a value, 5 MB in all. */
const checkLimits = (content: Content, puts: Update['Puts'] = []): void => {
  for (const { Key, Value } of puts) {
    if (Buffer.byteLength(Key) > 512 || Buffer.byteLength(Value) > 1024) {
      refuse(400, 'ValidationException', 'Key or value is too long.');
    }
  }
  if (sizes(content).TotalSizeInBytes > 5 * 1024 * 1024) {
    refuse(402, 'ServiceQuotaExceededException', 'The store is full.');
  }
};

const updated = (content: Content, { Puts = [], Deletes = [] }: Update, now: number): Content => {
  const values = { ...content.values };
  for (const { Key } of Deletes) delete values[Key];
  for (const { Key, Value } of Puts) values[Key] = Value;
  const next = { ...content, etag: randomUUID(), modified: now, values };
  checkLimits(next, Puts);
  return next;
};

const place = (request: IncomingMessage) => {
  const url = new URL(request.url ?? '/', 'http://store');
  const match = /^\/key-value-stores\/([^/]+)(?:\/(keys)(?:\/([^/]+))?)?$/.exec(url.pathname);
  if (!match) return refuse(404, 'ResourceNotFoundException', 'No such path.');
  const [, arn = '', keys, key] = match;
  return { arn: decodeURIComponent(arn), keys: keys !== undefined, key: key && decodeURIComponent(key), url };
};

/**
 * The data plane of one CloudFront key-value store. Its real client insists on `http://<account>.<endpoint>` and on
 * signing with SigV4A; the signature is not checked here (whoever reaches loopback may already do anything).
 */
export const startKeyValueStore = async ({
  dataDir,
  now,
  port,
}: KeyValueStoreOptions): Promise<KeyValueStore> => {
  const path = join(dataDir, 'key-value-store.json');
  const empty = (): Content => ({ etag: randomUUID(), created: now(), modified: now(), values: {} });
  let content = readOrMake(path, empty);

  const change = (request: IncomingMessage, response: ServerResponse, update: Update): void => {
    const match = request.headers['if-match'];
    if (match === undefined) refuse(400, 'ValidationException', 'If-Match is needed.');
    if (match !== content.etag) refuse(409, 'ConflictException', 'The store has changed since.');
    content = updated(content, update, now());
    writeWhole(path, JSON.stringify(content));
    answerJson(response, 200, sizes(content), { etag: content.etag });
  };

  const describe = (response: ServerResponse, arn: string): void =>
    answerJson(
      response,
      200,
      {
        ...sizes(content),
        KvsARN: arn,
        Created: content.created / 1000,
        LastModified: content.modified / 1000,
        Status: 'READY',
      },
      { etag: content.etag },
    );

  const list = (response: ServerResponse, query: URLSearchParams): void => {
    const names = Object.keys(content.values).sort();
    const from = Number(query.get('NextToken') ?? 0);
    const to = from + Math.min(Number(query.get('MaxResults') ?? 10), 50);
    const Items = names.slice(from, to).map(Key => ({ Key, Value: content.values[Key] }));
    answerJson(response, 200, { Items, ...(to < names.length ? { NextToken: String(to) } : {}) });
  };

  const read = (response: ServerResponse, key: string): void => {
    const Value = content.values[key] ?? refuse(404, 'ResourceNotFoundException', 'Key was not found.');
    answerJson(response, 200, { Key: key, Value, ...sizes(content) });
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { arn, keys, key, url } = place(request);
    const body = await readBody(request);
    const input = (body.length > 0 ? JSON.parse(body.toString('utf8')) : {}) as Update & { Value?: string };
    const method = request.method;
    if (!keys && method === 'GET') return describe(response, arn);
    if (keys && key === undefined && method === 'GET') return list(response, url.searchParams);
    if (keys && key === undefined && method === 'POST') return change(request, response, input);
    if (key !== undefined && method === 'GET') return read(response, key);
    if (key !== undefined && method === 'PUT') {
      return change(request, response, { Puts: [{ Key: key, Value: input.Value ?? '' }] });
    }
    if (key !== undefined && method === 'DELETE')
      return change(request, response, { Deletes: [{ Key: key }] });
    refuse(400, 'ValidationException', 'Not a call of the key-value store.');
  };

  const engine = await listen(
    async (request, response) => {
      try {
        await serve(request, response);
      } catch (error) {
        if (!(error instanceof StoreRefusal)) throw error;
        answerJson(response, error.status, { Message: error.message }, { 'x-amzn-errortype': error.name });
      }
    },
    { port },
  );
  return { ...engine, get: key => content.values[key] };
};
