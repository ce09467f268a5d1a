/** Starts every part of the local portal in its order, and ends all it started. */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cdn } from './cdn/cdn.ts';
import { startCdnServer } from './cdn/server.ts';
import { type Clock, createClock } from './clock.ts';
import type { Controls } from './control-server.ts';
import { runDigest } from './digest-control.ts';
import { type Credentials, startDynamoDb } from './dynamodb.ts';
import { createGateway } from './gateway.ts';
import { openIdentification } from './identification.ts';
import { importRegister } from './import.ts';
import { startMeter } from './meter.ts';
import { account, region, surroundings } from './names.ts';
import { openPlatform, type Platform } from './platform.ts';
import { freePort, isFree } from './ports.ts';
import { publish } from './publication.ts';
import { startQueues } from './queues.ts';
import { createResolver, type Resolver } from './resolve.ts';
import { currentRun, endRun, lastRun, writeRun } from './run-file.ts';
import { openSecrets, type Secrets } from './secrets.ts';
import { openSite } from './site.ts';
import { type LocalStack, readStack } from './stack.ts';
import { StartError } from './start-error.ts';
import { synthesise } from './synthesis.ts';
import { readTemplate, type Template } from './template.ts';

export interface PortalOptions {
  readonly port: number;
  readonly dataDir: string;
  /** Epoch milliseconds; undefined for the real time. */
  readonly startAt: number | undefined;
  /** A folder that is synthesised already, taken as it is. */
  readonly template?: string;
  /** Counts what the functions consume of DynamoDB, for the benchmark. */
  readonly metered?: boolean;
  readonly progress: (line: string) => void;
  /** Hears every line the functions log. */
  readonly logged: (line: string) => void;
  /** A part that must run has ended by itself. */
  readonly died: (reason: string) => void;
}

export interface Portal {
  readonly portalUrl: string;
  readonly identityUrl: string;
  close(): Promise<void>;
}

/** The last portal may be just ending: it is given the time to. */
const endedSoon = async (port: number): Promise<boolean> => {
  for (let attempt = 0; attempt < 30; attempt++) {
    if (await isFree(port)) return true;
    await sleep(100);
  }
  return false;
};

const checkPlace = async ({ port, dataDir }: PortalOptions): Promise<void> => {
  const running = currentRun(dataDir);
  if (running && !(await endedSoon(running.port)))
    throw new StartError(`A portal runs with the data folder ${dataDir} already, on port ${running.port}.`);
  for (const each of [port, port + 1])
    if (!(await isFree(each, '127.0.0.1', '::1')))
      throw new StartError(
        `Port ${each} is taken: stop what listens there or set PORT to another (it and the next are used).`,
      );
};

/** Random credentials of this portal: the engines that can, check them. DynamoDB Local takes letters and digits only. */
const credentialsFrom = (secrets: Secrets): Credentials => ({
  accessKeyId: `LOCAL${secrets.of('access-key-id').slice(0, 15).toUpperCase()}`,
  secretAccessKey: secrets.of('secret-access-key'),
});

/** The template's security policy names the address of S3, so the port stays the same where it can. */
const keptPort = async (dataDir: string): Promise<number> => {
  const kept = lastRun(dataDir)?.s3Port;
  return kept !== undefined && (await isFree(kept)) ? kept : freePort();
};

interface Closer {
  close(): unknown;
}

/** Each has its time; one that hangs must not keep the others, Java above all, from ending. */
const closeAll = async (closers: Closer[]): Promise<void> => {
  for (const closer of closers.reverse()) {
    const late = new Promise(resolve => setTimeout(resolve, 4_000).unref());
    await Promise.race([Promise.resolve(closer.close()).catch(() => {}), late]);
  }
};

/** Rejects with `StartError` for what the person can mend; whatever had started is ended by then. */
export const startPortal = async (options: PortalOptions): Promise<Portal> => {
  await checkPlace(options);
  const closers: Closer[] = [];
  const keep = <T extends Closer>(started: T): T => {
    closers.push(started);
    return started;
  };
  try {
    const urls = await assemble(options, keep);
    return { ...urls, close: () => closeAll(closers) };
  } catch (error) {
    await closeAll(closers);
    throw error;
  }
};

interface Ground {
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly credentials: Credentials;
  readonly s3Port: number;
  readonly portalUrl: string;
  readonly identityUrl: string;
  readonly out: string;
}

const layGround = async ({ port, dataDir, startAt, template }: PortalOptions): Promise<Ground> => {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const secrets = openSecrets(dataDir);
  return {
    clock: createClock(startAt),
    secrets,
    credentials: credentialsFrom(secrets),
    s3Port: await keptPort(dataDir),
    portalUrl: `http://localhost:${port}`,
    identityUrl: `http://127.0.0.1:${port + 1}`,
    out: template ?? join(dataDir, 'cdk.out'),
  };
};

type Keep = <T extends Closer>(started: T) => T;

/** Java, the queues and the synthesis need nothing of each other. */
const startFirst = async (options: PortalOptions, ground: Ground, keep: Keep) => {
  const java = startDynamoDb({
    dataDir: join(options.dataDir, 'dynamodb'),
    region,
    credentials: ground.credentials,
    died: options.died,
  });
  keep({ close: () => java.then(started => started.close()) });
  const context = {
    portalUrl: ground.portalUrl,
    issuer: ground.identityUrl,
    uploadsOrigin: `http://127.0.0.1:${ground.s3Port}`,
  };
  const [{ url }, queues, version] = await Promise.all([
    java,
    startQueues().then(keep),
    options.template ?? synthesise({ out: ground.out, context, progress: options.progress }),
  ]);
  const meter = options.metered ? keep(await startMeter(url)) : undefined;
  return { dynamoDb: url, queues: queues.url, meter, version };
};

interface Read {
  readonly template: Template;
  readonly resolver: Resolver;
  readonly stack: LocalStack;
}

const readOut = (ground: Ground, queues: string): Read => {
  const template = readTemplate(ground.out, region);
  const addresses = { portal: ground.portalUrl, queues };
  const resolver = createResolver(template, surroundings(addresses, ground.secrets.of));
  return { template, resolver, stack: readStack(template, resolver) };
};

const openRoutes = (stack: LocalStack, platform: Platform) =>
  stack.routes.map(({ key, functionName, timeoutMilliseconds }) => {
    const target = platform.find(functionName);
    if (!target) throw new Error(`route ${key} leads to no function`);
    return { key, target, timeoutMilliseconds };
  });

const openCdn = ({ clock }: Ground, { template, resolver, stack }: Read, platform: Platform): Cdn => {
  const gateway = createGateway(openRoutes(stack, platform), { now: clock.now });
  const { s3, pointers } = platform;
  return openSite({ template, resolver, buckets: s3.bucket, gateway, pointers, listed: stack.listed });
};

const controlsOf = (
  ground: Ground,
  stack: LocalStack,
  platform: Platform,
  own: Pick<Controls, 'token' | 'meter'>,
): Omit<Controls, 'mandates'> => ({
  ...own,
  clock: ground.clock,
  mailbox: platform.mailbox,
  invoke: (name, event) => platform.find(name)?.invoke(event),
  digest: at => runDigest(platform, at),
  scanner: platform.scanner.set,
  importRegister: (text, replace) => importRegister(stack, platform, { text, replace }, ground.clock.now()),
});

const assemble = async (
  options: PortalOptions,
  keep: Keep,
): Promise<{ portalUrl: string; identityUrl: string }> => {
  const { port, dataDir, progress, logged } = options;
  const ground = await layGround(options);
  const { clock, credentials, s3Port, portalUrl, identityUrl } = ground;
  const { meter, version, ...engines } = await startFirst(options, ground, keep);
  const read = readOut(ground, engines.queues);
  const { stack } = read;

  progress('Starting the engines …');
  const platform = await openPlatform({
    stack,
    dataDir,
    credentials,
    clock,
    s3Port,
    logged,
    keep,
    meter,
    ...engines,
  });
  const token = randomBytes(24).toString('hex');
  const controls = controlsOf(ground, stack, platform, { token, meter });
  keep(await openIdentification({ port: port + 1, portalUrl, stack, dataDir, clock, controls, logged }));
  await publish({ stack, platform, dataDir, version, now: clock.now, progress });
  const failed = (error: unknown): void =>
    logged(JSON.stringify({ level: 'error', cdn: (error as Error).name }));
  keep(await startCdnServer(port, openCdn(ground, read, platform), failed));

  const run = { pid: process.pid, port, identityPort: port + 1, token, region, account, credentials, s3Port };
  writeRun(dataDir, { ...run, endpoints: platform.endpoints });
  keep({ close: () => endRun(dataDir) });
  return { portalUrl, identityUrl };
};
