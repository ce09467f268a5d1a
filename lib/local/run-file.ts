/** `run.json` in the data folder: how the commands find the portal that runs there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from './engines/durable.ts';

export interface Run {
  readonly pid: number;
  readonly port: number;
  readonly identityPort: number;
  /** What a command must show to be let at the controls. */
  readonly token: string;
  /** Base addresses by service, as the functions have them: `DYNAMODB`, `S3`, … */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly region: string;
  readonly account: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Port of S3: kept from one start to the next, because the template's security policy names it. */
  readonly s3Port: number;
}

const fileIn = (dataDir: string): string => join(dataDir, 'run.json');

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** What the last start wrote, whether it still runs or not. */
export const lastRun = (dataDir: string): Run | undefined => {
  try {
    return JSON.parse(readFileSync(fileIn(dataDir), 'utf8')) as Run;
  } catch {
    return undefined;
  }
};

/** The portal that runs with this data folder now. */
export const currentRun = (dataDir: string): Run | undefined => {
  const run = lastRun(dataDir);
  return run && run.pid > 0 && isAlive(run.pid) ? run : undefined;
};

export const writeRun = (dataDir: string, run: Run): void =>
  writeWhole(fileIn(dataDir), JSON.stringify(run, null, 2));

/** Says that nothing runs, and keeps what the next start wants to know. */
export const endRun = (dataDir: string): void => {
  const run = lastRun(dataDir);
  if (run) writeRun(dataDir, { ...run, pid: 0 });
};
