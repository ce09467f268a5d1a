/** The built site with a citizen API of wire types behind it, its state in the test's hands. For browser tests only. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { contentSecurityPolicy } from '../../../lib/content-security-policy.ts';
import { pages, pageUrl, placeOf } from '../../../web/urls.ts';
import { answer } from './mock-answers.ts';
import type { MockState } from './mock-state.ts';

export interface MockPortal {
  readonly url: string;
  readonly state: MockState;
  close(): Promise<void>;
}

const site = join(import.meta.dirname, '..', '..', '..', 'dist', 'site');
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

const bodyOf = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text === '' ? {} : JSON.parse(text);
};

const serveApi = async (state: MockState, url: URL, request: IncomingMessage, response: ServerResponse) => {
  const route = `${request.method} ${url.pathname}`;
  const body = await bodyOf(request);
  if (request.method !== 'GET') state.heard.push({ route, headers: request.headers, body });
  const [status, content] = answer(state, route, url.searchParams, body);
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(content === undefined ? undefined : JSON.stringify(content));
};

/** The part CloudFront's function plays: a shell's address leads to its one file. */
const fileOf = (path: string): string => {
  const place = placeOf(path);
  if (place && 'shell' in pages[place.page]) return `${pageUrl(place.language, place.page)}index.html`;
  return path.endsWith('/') ? `${path}index.html` : path;
};

const serveSite = async (state: MockState, url: URL, response: ServerResponse) => {
  const file = fileOf(url.pathname);
  const content = await readFile(join(site, file)).catch(() => undefined);
  response.writeHead(content ? 200 : 404, {
    'content-type': types[extname(file)] ?? 'text/plain',
    ...(state.session.signedIn ? { 'set-cookie': 'signed-in=1; Path=/' } : {}),
    'content-security-policy': contentSecurityPolicy({ uploads: '' }),
  });
  response.end(content ?? 'not found');
};

export const startMockPortal = async (state: MockState): Promise<MockPortal> => {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    void (url.pathname.startsWith('/api/')
      ? serveApi(state, url, request, response)
      : serveSite(state, url, response));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    state,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
