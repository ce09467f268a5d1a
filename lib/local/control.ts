/** How the project's commands speak to the portal that runs on this machine. */
import { resolve } from 'node:path';
import type { MandateChange } from './engines/mandates.ts';
import type { DeliveredMessage } from './engines/message.ts';
import type { ScanMode } from './engines/scanner.ts';
import type { Consumption } from './meter.ts';
import { currentRun, type Run } from './run-file.ts';

export interface DigestOutcome {
  /** The hour that was handed over, ISO 8601. */
  readonly at: string;
  readonly sent: readonly DeliveredMessage[];
  /** False when messages were still waiting when time ran out. */
  readonly drained: boolean;
}

export interface Control {
  /** Origin of the portal and of the identification provider. */
  readonly portalUrl: string;
  readonly identityUrl: string;
  readonly run: Run;
  /** Moves the clock: `+1h55m`, an ISO time or `now`; answers the time it shows then, ISO 8601. */
  clock(to: string): Promise<string>;
  /** Invokes a function by the name of its bundle (`catalogue-publish`) and answers its result. Rejects with its error. */
  invoke(name: string, event: unknown): Promise<unknown>;
  /** Hands the digest's plan the event its schedule would, and waits until all of it is sent. `at`: ISO 8601. */
  digest(at: string): Promise<DigestOutcome>;
  mailbox(): Promise<DeliveredMessage[]>;
  /** What the functions have consumed of DynamoDB since the last call; of a portal started with PORTAL_METER=1. */
  consumption(): Promise<Consumption>;
  /** Tells the malware scanner to `scan`, `hold`, `lose`, or to fail as `UNSUPPORTED`, `ACCESS_DENIED`, `FAILED`. */
  scanner(mode: ScanMode): Promise<void>;
  /** Gives somebody roles in an organisation or takes all of them away; has the register fail, or forget every visit. */
  mandates(change: MandateChange): Promise<void>;
  /** Hands a service register's text over and publishes the catalogue with it, suspicious or not where it is to replace; answers the summary. */
  importRegister(text: string, replace?: boolean): Promise<unknown>;
}

/** The data folder the commands and the portal agree on. */
export const dataFolder = (): string => resolve(process.env.PORTAL_DATA || '.portal');

/** The portal refused, or the function it was to run failed; `message` is one line for the person at the terminal. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
}

const call = async (run: Run, path: string, init: RequestInit = {}): Promise<unknown> => {
  const response = await fetch(`http://127.0.0.1:${run.identityPort}/local/${path}`, {
    ...init,
    headers: { authorization: `Bearer ${run.token}`, ...init.headers },
  });
  const answer = (await response.json().catch(() => ({}))) as { error?: string };
  if (!response.ok) throw new ControlError(answer.error ?? `the portal answered ${response.status}`);
  return answer;
};

const post = (run: Run, path: string, body: unknown): Promise<unknown> =>
  call(run, path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });

const controlOf = (run: Run): Control => ({
  portalUrl: `http://localhost:${run.port}`,
  identityUrl: `http://127.0.0.1:${run.identityPort}`,
  run,
  clock: async to => ((await post(run, 'clock', { to })) as { now: string }).now,
  invoke: async (name, event) => ((await post(run, `invoke/${name}`, event)) as { result: unknown }).result,
  digest: async at => (await post(run, 'digest', { at })) as DigestOutcome,
  consumption: async () => (await post(run, 'consumption', {})) as Consumption,
  mailbox: async () => (await call(run, 'mailbox')) as DeliveredMessage[],
  scanner: async mode => {
    await post(run, 'scanner', { mode });
  },
  mandates: async change => {
    await post(run, 'mandates', change);
  },
  importRegister: async (text, replace = false) => {
    const path = replace ? 'import/replace' : 'import';
    return ((await call(run, path, { method: 'POST', body: text })) as { result: unknown }).result;
  },
});

/** The portal that runs with a data folder, for tests; undefined where there is none. */
export const controlIn = (dataDir: string): Control | undefined => {
  const run = currentRun(dataDir);
  return run && controlOf(run);
};

/** The running portal; where there is none, says so in one line and ends the process with 2. */
export const connect = async (): Promise<Control> => {
  const control = controlIn(dataFolder());
  if (control) return control;
  console.error(`No portal is running with the data folder ${dataFolder()}: start it with npm start.`);
  process.exit(2);
};
