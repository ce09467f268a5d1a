/**
 * One form in the browser while it is being written: the very pages and scripts of the portal, under the same content
 * security policy, in front of an API that knows nobody. A change in the folder shows at once.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { Compilation } from '../../../lambdas/domain/forms/compile.ts';
import { contentSecurityPolicy } from '../../content-security-policy.ts';
import { routeSite } from '../../site-routing.ts';
import { type PreviewAnswer, type PreviewRequest, previewApi, type Sent } from './answers.ts';
import { type Definition, watchDefinition } from './definition.ts';

export interface PreviewOptions {
  readonly folder: string;
  /** Taken as it is; 0 for any that is free. */
  readonly port: number;
  /** Folder of a built site, and of the preview's own script and style (`assets.ts`). */
  readonly site: string;
  readonly assets: string;
  readonly compile: (folder: string) => Promise<Compilation>;
  readonly changed: (compilation: Compilation) => void;
}

export interface Preview {
  /** `http://localhost:3005` */
  readonly origin: string;
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};

/** Beside the page's own script and style, not in them: the page is the portal's to the last byte otherwise. */
const ownTags =
  '<link rel="stylesheet" href="/preview/client.css"><script type="module" src="/preview/client.js"></script>';

const read = (folder: string, path: string): Promise<Buffer | undefined> =>
  readFile(join(folder, normalize(`/${path}`))).catch(() => undefined);

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return undefined;
  }
};

/** What the page must know of the definition; `version` changes with whatever it shows. */
const stateOf = ({ pages, fields, problems }: Compilation, definition: Definition) => ({
  version: definition.form()?.version,
  pages: pages.length,
  fields,
  problems,
});

const listen = (server: ReturnType<typeof createServer>, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, 'localhost', () => resolve((server.address() as AddressInfo).port));
  });

export const startPreview = async (options: PreviewOptions): Promise<Preview> => {
  const listeners = new Set<ServerResponse>();
  const tell = (event: string, data: unknown): void => {
    for (const listener of listeners) listener.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  const definition = await watchDefinition(options.folder, options.compile, compilation => {
    options.changed(compilation);
    tell('state', stateOf(compilation, definition));
  });
  let origin = '';
  const api = previewApi(
    definition,
    () => origin,
    (sent: Sent) => tell('sent', sent),
  );

  const answerApi = async (request: IncomingMessage, url: URL): Promise<PreviewAnswer> => {
    const { method = 'GET', headers } = request;
    const path = url.pathname.split('/').slice(2).map(decodeURIComponent);
    const version = url.searchParams.get('version') ?? undefined;
    const given: PreviewRequest = { method, path, version, headers, body: await bodyOf(request) };
    return api(given);
  };

  const subscribe = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
    response.write(
      `event: state\ndata: ${JSON.stringify(stateOf(definition.compilation(), definition))}\n\n`,
    );
  };

  const page = async (request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> => {
    const language = request.headers['accept-language'];
    const route = routeSite({
      uri: url.pathname,
      query: url.search,
      acceptLanguage: language,
      remembered: undefined,
    });
    if ('redirect' in route) {
      response.writeHead(302, { location: route.redirect }).end();
      return;
    }
    // There is no catalogue here: a form is shown in the shell of all forms.
    const content =
      (await read(options.site, route.file)) ??
      (route.otherwise === undefined ? undefined : await read(options.site, route.otherwise));
    if (!content) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not part of the preview');
      return;
    }
    const html = route.file.endsWith('.html')
      ? content.toString().replace('</head>', `${ownTags}</head>`)
      : content;
    response
      .writeHead(200, {
        'content-type': types[extname(route.file)] ?? 'application/octet-stream',
        'content-security-policy': contentSecurityPolicy({ uploads: origin }),
        'cache-control': 'no-store',
      })
      .end(html);
  };

  const file = async (folder: string, path: string, response: ServerResponse): Promise<void> => {
    const content = await read(folder, path);
    const type = types[extname(path)] ?? 'application/octet-stream';
    response
      .writeHead(content ? 200 : 404, { 'content-type': type, 'cache-control': 'no-store' })
      .end(content);
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', origin);
    const path = url.pathname;
    if (path === '/preview/events') return subscribe(response);
    if (path === '/preview/uploads')
      return void request.resume().on('end', () => response.writeHead(204).end());
    if (path.startsWith('/preview/')) return file(options.assets, path.slice('/preview/'.length), response);
    if (!path.startsWith('/api/'))
      return path.startsWith('/assets/') ? file(options.site, path, response) : page(request, url, response);
    const { status, body, headers } = await answerApi(request, url);
    response
      .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers })
      .end(body === undefined ? undefined : JSON.stringify(body));
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      console.error(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  origin = `http://localhost:${await listen(server, options.port)}`;
  return {
    origin,
    close: async () => {
      definition.close();
      for (const listener of listeners) listener.end();
      server.closeAllConnections();
      await new Promise<void>(resolve => server.close(() => resolve()));
    },
  };
};
