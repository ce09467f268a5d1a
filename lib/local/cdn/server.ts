/** The portal's address on this machine: takes requests from sockets and gives CloudFront's answers. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { HttpRequest, HttpResponse } from '../http-message.ts';
import type { Cdn } from './cdn.ts';

/** One byte more than API Gateway takes: enough to know that it is too much. */
const largestBodyBytes = 10 * 1024 * 1024 + 1;

const headersOf = (request: IncomingMessage): (readonly [string, string])[] => {
  const raw = request.rawHeaders;
  return Array.from({ length: raw.length / 2 }, (_, index) => [
    (raw[2 * index] ?? '').toLowerCase(),
    raw[2 * index + 1] ?? '',
  ]);
};

/** The body up to the limit; the rest is read and dropped, so that the client gets its answer. */
const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if (length < largestBodyBytes) chunks.push(chunk);
    length += chunk.length;
  }
  return Buffer.concat(chunks).subarray(0, largestBodyBytes);
};

const toRequest = async (request: IncomingMessage): Promise<HttpRequest> => {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  return {
    method: request.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    headers: headersOf(request),
    body: await bodyOf(request),
    viewerAddress: request.socket.remoteAddress ?? '127.0.0.1',
  };
};

const send = (response: ServerResponse, { status, headers, body }: HttpResponse, method: string): void => {
  const grouped = new Map<string, string[]>();
  for (const [name, value] of headers) grouped.set(name, [...(grouped.get(name) ?? []), value]);
  grouped.delete('transfer-encoding');
  for (const [name, values] of grouped)
    response.setHeader(name, values.length === 1 ? (values[0] ?? '') : values);
  const empty = status === 204 || status === 304;
  if (!empty) response.setHeader('content-length', body.length);
  response.writeHead(status);
  response.end(empty || method === 'HEAD' ? undefined : body);
};

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });

const close = (server: Server): Promise<void> =>
  new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

export interface CdnServer {
  close(): Promise<void>;
}

/** Listens on both loopback addresses: `localhost` may mean either. Rejects with EADDRINUSE where the port is taken. */
export const startCdnServer = async (
  port: number,
  cdn: Cdn,
  failed: (error: unknown) => void,
): Promise<CdnServer> => {
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      send(response, await cdn(await toRequest(request)), request.method ?? 'GET');
    } catch (error) {
      failed(error);
      if (!response.headersSent) response.writeHead(502, { 'content-type': 'text/plain' });
      response.end('502 The origin could not be reached');
    }
  };
  const servers = [createServer(handle), createServer(handle)] as const;
  await listen(servers[0], port, '127.0.0.1');
  // A machine without IPv6 has no ::1; the other address is enough then.
  await listen(servers[1], port, '::1').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') return close(servers[0]).then(() => Promise.reject(error));
  });
  return {
    close: async () => void (await Promise.all(servers.filter(server => server.listening).map(close))),
  };
};
