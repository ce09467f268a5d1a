/** The portal the tests talk to: the one `npm test` has started, or one of the test file's own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Consumption } from '../../lib/local/meter.ts';

export interface PortalPlace {
  readonly port: number;
  readonly url: string;
  readonly identityUrl: string;
  readonly data: string;
}

export interface RunningPortal {
  readonly place: PortalPlace;
  readonly output: () => string;
  /** Of the supervisor; undefined for a portal that somebody else has started. */
  readonly pid?: number | undefined;
  stop(): Promise<void>;
}

const isFree = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** The portal needs two neighbouring ports. */
const freePort = async (from = 4100): Promise<number> => {
  const port = from + 2 * Math.floor(Math.random() * 400);
  return (await isFree(port)) && (await isFree(port + 1)) ? port : freePort(from);
};

const ended = (child: ChildProcess): Promise<void> =>
  new Promise(resolve => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

const ready = (child: ChildProcess, output: () => string): Promise<void> =>
  new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`the portal was not ready in 180 s:\n${output()}`)),
      180_000,
    );
    child.stdout?.on('data', () => {
      if (!output().includes('Portal ready: ')) return;
      clearTimeout(late);
      resolve();
    });
    child.once('exit', code => reject(new Error(`the portal ended with ${code}:\n${output()}`)));
  });

/** Starts `bin/local.ts` with a data folder of its own; `keep` leaves the folder when it stops. */
export const startPortal = async (
  options: { data?: string; port?: number; environment?: NodeJS.ProcessEnv } = {},
): Promise<RunningPortal> => {
  const port = options.port ?? (await freePort());
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'portal-'));
  const child = spawn(process.execPath, ['bin/local.ts'], {
    env: { ...process.env, ...options.environment, PORT: String(port), PORTAL_DATA: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      text += chunk;
    });
  await ready(child, () => text);
  return {
    place: { port, url: `http://localhost:${port}`, identityUrl: `http://127.0.0.1:${port + 1}`, data },
    output: () => text,
    pid: child.pid,
    stop: async () => {
      child.kill('SIGINT');
      await ended(child);
      if (options.data === undefined) rmSync(data, { recursive: true, force: true });
    },
  };
};

/** For a test file: the shared portal when there is one; `stop` then leaves it running. */
export const portalUnderTest = async (): Promise<RunningPortal> => {
  const shared = process.env.PORTAL_UNDER_TEST;
  if (shared === undefined) return startPortal();
  return { place: JSON.parse(shared) as PortalPlace, output: () => '', stop: async () => {} };
};

/** What the portal's functions have logged so far, whole. */
export const lambdaLog = (place: PortalPlace): string =>
  readFileSync(join(place.data, 'logs', 'lambda.log'), 'utf8');

/** What the functions have consumed of DynamoDB since the last call; of a portal started with PORTAL_METER=1. */
export const takeConsumption = async (place: PortalPlace): Promise<Consumption> => {
  const { token } = JSON.parse(readFileSync(join(place.data, 'run.json'), 'utf8')) as { token: string };
  const response = await fetch(`${place.identityUrl}/local/consumption`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  return (await response.json()) as Consumption;
};
