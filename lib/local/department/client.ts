/** A department's system as the portal sees it: a token by client credentials, and the department API with it. */
import { randomUUID } from 'node:crypto';

export interface DepartmentAccess {
  /** Origin of the portal. */
  readonly url: string;
  readonly tokenEndpoint: string;
  readonly client: string;
  readonly secret: string;
  /** Why cases are read; the citizen sees it. */
  readonly purpose: string;
}

/** The portal or the token endpoint answered with a refusal; `message` is one plain line. */
export class DepartmentRefusal extends Error {}

/** Nothing listens there. */
export class Unreachable extends Error {}

interface Problem {
  readonly type?: string;
  readonly title?: string;
  readonly errors?: readonly { readonly pointer: string; readonly code: string }[];
  readonly from?: string;
  readonly to?: string;
}

const describeProblem = (status: number, { type, title, errors = [], from, to }: Problem): string => {
  const kind = type?.split('/').at(-1);
  const places = errors.map(({ pointer, code }) => `${pointer || '/'} ${code}`).join(', ');
  const change = from && to ? `${from} → ${to}` : '';
  const words = [title ?? kind ?? 'the portal refused', change, places]
    .filter(part => part !== '')
    .join(': ');
  return `${words} (${status}${kind && title ? ` ${kind}` : ''})`;
};

const reach = async (url: string, init: RequestInit): Promise<Response> => {
  try {
    return await fetch(url, init);
  } catch {
    throw new Unreachable(new URL(url).origin);
  }
};

const fetchToken = async ({ tokenEndpoint, client, secret }: DepartmentAccess): Promise<string> => {
  const pair = [client, secret].map(encodeURIComponent).join(':');
  const response = await reach(tokenEndpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const answer = (await response.json().catch(() => ({}))) as { access_token?: string; error?: string };
  if (answer.access_token) return answer.access_token;
  throw new DepartmentRefusal(
    `no token for ${client}: ${answer.error ?? 'unknown answer'} (${response.status})`,
  );
};

export interface DepartmentClient {
  /** `path` below `/api/department/v1/`. Rejects with DepartmentRefusal or Unreachable. */
  get(path: string, query?: Readonly<Record<string, string | undefined>>): Promise<unknown>;
  /** Everything a list has, page after page. */
  all(path: string, query?: Readonly<Record<string, string | undefined>>): Promise<unknown[]>;
  post(path: string, body?: unknown): Promise<unknown>;
  put(path: string, body: unknown): Promise<unknown>;
  remove(path: string): Promise<unknown>;
}

/** A header is ASCII; a purpose in Finnish travels percent-encoded. */
const headerText = (text: string): string => text.replace(/[^\x20-\x7e]+/g, encodeURIComponent);

export const departmentClient = async (access: DepartmentAccess): Promise<DepartmentClient> => {
  const authorization = `Bearer ${await fetchToken(access)}`;

  const call = async (url: URL, init: RequestInit = {}): Promise<unknown> => {
    const headers = { authorization, 'x-purpose': headerText(access.purpose), ...init.headers };
    const response = await reach(url.href, { ...init, headers });
    const text = await response.text();
    const body = (
      /json/.test(response.headers.get('content-type') ?? '') && text !== '' ? JSON.parse(text) : {}
    ) as object;
    if (response.ok) return body;
    throw new DepartmentRefusal(describeProblem(response.status, body));
  };

  const place = (path: string, query: Readonly<Record<string, string | undefined>> = {}): URL => {
    const url = new URL(`/api/department/v1/${path}`, access.url);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, value);
    return url;
  };

  const all = async (
    path: string,
    query: Readonly<Record<string, string | undefined>> = {},
  ): Promise<unknown[]> => {
    const items: unknown[] = [];
    let cursor: string | undefined;
    do {
      const page = (await call(place(path, { ...query, limit: '100', cursor }))) as {
        items?: unknown[];
        next?: string | null;
      };
      items.push(...(page.items ?? []));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    return items;
  };

  return {
    get: (path, query) => call(place(path, query)),
    all,
    post: (path, body = {}) =>
      call(place(path), {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        body: JSON.stringify(body),
      }),
    put: (path, body) =>
      call(place(path), {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    remove: path => call(place(path), { method: 'DELETE' }),
  };
};
