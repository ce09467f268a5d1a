/** The whole portal on this machine: `npm start`. */
import { createWriteStream, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readMoment } from '../lib/local/clock.ts';
import { dataFolder } from '../lib/local/control.ts';
import { watchNpm } from '../lib/local/parents.ts';
import { StartError } from '../lib/local/start-error.ts';
import type { Portal } from '../lib/local/supervisor.ts';

const help = `npm start [-- --logs]

  --logs  show what the functions log here too (it is always in PORTAL_DATA/logs/lambda.log)
  --help  this text

  PORT          port of the portal (3000); identification listens on the next
  PORTAL_DATA   folder for everything that is kept (.portal)
  PORTAL_CLOCK  time to start at, as npm run clock takes it`;

class UsageError extends Error {}

const readOptions = () => {
  try {
    const { values } = parseArgs({ options: { logs: { type: 'boolean' }, help: { type: 'boolean' } } });
    const port = Number(process.env.PORT || 3000);
    if (!Number.isInteger(port) || port < 1 || port > 65_534)
      throw new Error(`PORT is no port: ${process.env.PORT}`);
    const clock = process.env.PORTAL_CLOCK;
    return { ...values, port, startAt: clock ? readMoment(clock, Date.now()) : undefined };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
};

/** A longer log is put aside at the next start, over the one before. */
const largestLogBytes = 20 * 1024 * 1024;

const openLog = (dataDir: string, shown: boolean): ((line: string) => void) => {
  mkdirSync(join(dataDir, 'logs'), { recursive: true, mode: 0o700 });
  const path = join(dataDir, 'logs', 'lambda.log');
  if (existsSync(path) && statSync(path).size > largestLogBytes) renameSync(path, `${path}.1`);
  const file = createWriteStream(path, { flags: 'a', mode: 0o600 });
  return line => {
    file.write(`${line}\n`);
    if (shown) console.log(line);
  };
};

/** Ends the portal once, whoever asks first; a second Ctrl-C does not wait. */
const onEnd = (close: () => Promise<void>): ((code: number) => void) => {
  let ending = false;
  const end = (code: number): void => {
    if (ending) process.exit(code);
    ending = true;
    close().finally(() => process.exit(code));
  };
  process.on('SIGINT', () => end(0));
  process.on('SIGTERM', () => end(0));
  process.on('SIGHUP', () => end(0));
  return end;
};

const announce = ({ portalUrl, identityUrl }: Portal): void =>
  console.log(`Portal ready: ${portalUrl}
  Identification  ${identityUrl}
  Mailbox         ${identityUrl}/mailbox
  Department      client local-department, secret local-secret, token endpoint ${identityUrl}/token`);

const main = async (): Promise<void> => {
  const { port, startAt, logs, help: wantsHelp } = readOptions();
  if (wantsHelp) return console.log(help);
  // Lambda's clock stands on UTC; worker threads take the zone of this process.
  process.env.TZ = 'UTC';
  const dataDir = dataFolder();
  let portal: Portal | undefined;
  const end = onEnd(async () => portal?.close());
  const fail = (reason: string): void => {
    console.error(reason);
    end(1);
  };
  process.on('uncaughtException', error => fail(`The portal has failed: ${error.stack}`));
  watchNpm(() => end(0));
  // Only now: a wrong call is answered without loading every engine.
  const { startPortal } = await import('../lib/local/supervisor.ts');
  portal = await startPortal({
    port,
    dataDir,
    startAt,
    metered: process.env.PORTAL_METER === '1',
    progress: console.log,
    logged: openLog(dataDir, logs === true),
    died: reason => fail(`The portal cannot go on: ${reason}`),
  });
  announce(portal);
};

main().catch((error: Error) => {
  console.error(error instanceof StartError || error instanceof UsageError ? error.message : error.stack);
  process.exit(error instanceof UsageError ? 2 : 1);
});
