/** A CloudFront function, run from its own code with the event and the key-value store it would have there. */
import { randomUUID } from 'node:crypto';
import { createContext, Script } from 'node:vm';
import type { HttpRequest, HttpResponse } from '../http-message.ts';

interface Value {
  value: string;
  multiValue?: { value: string }[];
}
type Values = Record<string, Value>;

interface FunctionRequest {
  method: string;
  uri: string;
  querystring: Values;
  headers: Values;
  cookies: Values;
}

interface FunctionResponse {
  statusCode: number;
  statusDescription?: string;
  headers?: Values;
  cookies?: Record<string, { value: string; attributes?: string }>;
  body?: string | { encoding: 'text' | 'base64'; data: string };
}

/** The key-value store associated with the function. */
export interface PointerStore {
  get(key: string): Promise<string | undefined> | string | undefined;
}

export type ViewerFunction = (request: HttpRequest) => Promise<HttpRequest | HttpResponse>;

const collect = (pairs: readonly (readonly [string, string])[]): Values => {
  const values: Values = {};
  for (const [name, value] of pairs) {
    const known = values[name];
    if (!known) values[name] = { value };
    else known.multiValue = [...(known.multiValue ?? [{ value: known.value }]), { value }];
  }
  return values;
};

const splitAt = (text: string, separator: string): [string, string] => {
  const index = text.indexOf(separator);
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
};

const spread = (values: Values): [string, string][] =>
  Object.entries(values).flatMap(([name, { value, multiValue }]) =>
    (multiValue ?? [{ value }]).map((each): [string, string] => [name, each.value]),
  );

const toFunctionRequest = (request: HttpRequest): FunctionRequest => ({
  method: request.method,
  uri: request.path,
  querystring: collect(
    request.query
      .split('&')
      .filter(pair => pair !== '')
      .map(pair => splitAt(pair, '=')),
  ),
  headers: collect(request.headers.filter(([name]) => name !== 'cookie')),
  cookies: collect(
    request.headers
      .filter(([name]) => name === 'cookie')
      .flatMap(([, value]) => value.split(/;\s*/))
      .map(pair => splitAt(pair, '=')),
  ),
});

const fromFunctionRequest = (request: HttpRequest, changed: FunctionRequest): HttpRequest => {
  const cookies = spread(changed.cookies).map(([name, value]) => `${name}=${value}`);
  return {
    ...request,
    path: changed.uri,
    query: spread(changed.querystring)
      .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
      .join('&'),
    headers: [
      ...spread(changed.headers),
      ...(cookies.length > 0 ? [['cookie', cookies.join('; ')] as const] : []),
    ],
  };
};

const fromFunctionResponse = (response: FunctionResponse): HttpResponse => {
  const { body = '' } = response;
  const cookies = Object.entries(response.cookies ?? {}).map(
    ([name, { value, attributes }]) =>
      ['set-cookie', `${name}=${value}${attributes ? `; ${attributes}` : ''}`] as const,
  );
  return {
    status: response.statusCode,
    headers: [...spread(response.headers ?? {}), ...cookies],
    body:
      typeof body === 'string'
        ? Buffer.from(body)
        : Buffer.from(body.data, body.encoding === 'base64' ? 'base64' : 'utf8'),
  };
};

const storeApi = (store: PointerStore): Record<string, unknown> => ({
  get: async (key: string, { format = 'string' }: { format?: string } = {}) => {
    const value = await store.get(key);
    if (value === undefined) throw new Error(`KeyNotFound: ${key}`);
    return format === 'json' ? JSON.parse(value) : value;
  },
  exists: async (key: string) => (await store.get(key)) !== undefined,
});

type Handler = (event: unknown) => Promise<FunctionRequest | FunctionResponse>;

/** Compiles the code once. Its `import cf from 'cloudfront'` is answered here; code from strings is refused, as there. */
export const loadViewerFunction = (code: string, store: PointerStore): ViewerFunction => {
  const name = /\bimport\s+(\w+)\s+from\s*['"]cloudfront['"];?/;
  const imported = name.exec(code)?.[1] ?? 'cf';
  const context = createContext(
    { [imported]: { kvs: () => storeApi(store) }, console: { log: () => {} } },
    { codeGeneration: { strings: false, wasm: false } },
  );
  const script = new Script(`${code.replace(name, '')}\n;handler`, { filename: 'viewer-function.js' });
  const handler = script.runInContext(context, { timeout: 1_000 }) as Handler;
  return async request => {
    const event = {
      version: '1.0',
      context: {
        distributionDomainName: 'localhost',
        distributionId: 'LOCAL',
        eventType: 'viewer-request',
        requestId: randomUUID(),
      },
      viewer: { ip: request.viewerAddress },
      request: toFunctionRequest(request),
    };
    const result = await handler(event);
    return 'statusCode' in result ? fromFunctionResponse(result) : fromFunctionRequest(request, result);
  };
};
