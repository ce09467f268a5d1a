import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What every local engine gives back: where it listens and how it ends. */
export interface Engine {
  /** Without a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

export type Handle = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface Listening {
  /** 0 or absent: any free port. */
  readonly port?: number | undefined;
}

/** Listens on loopback only. A handler that throws answers 500 without saying why: bodies here are personal. */
export const listen = async (handle: Handle, { port = 0 }: Listening = {}): Promise<Engine> => {
  const server = createServer(async (request, response) => {
    try {
      await handle(request, response);
    } catch {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  });
  server.keepAliveTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

export class BodyTooLarge extends Error {}

/** The whole body. Throws BodyTooLarge past the limit (bytes). */
export const readBody = async (request: IncomingMessage, limit = 16 * 1024 * 1024): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

export const answerJson = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
  type = 'application/json',
): void => {
  response.writeHead(status, { 'content-type': type, ...headers });
  response.end(JSON.stringify(body));
};
