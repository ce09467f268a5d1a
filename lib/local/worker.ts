/** A worker thread that stands for one instance of one Lambda function: an event in, a result out, one at a time. */
import { Console } from 'node:console';
import { registerHooks } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { patchDate } from './clock.ts';
import { resolveLocalhostNames } from './engines/localhost-names.ts';

/** What the supervisor gives a new worker. */
export interface WorkerStart {
  /** URL of the module that exports the handler, and the export's name. */
  readonly module: string;
  readonly handler: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMegabytes: number;
  readonly clock: SharedArrayBuffer;
}

export interface Invocation {
  readonly requestId: string;
  readonly event: unknown;
  /** Epoch milliseconds, by the moved clock. */
  readonly deadline: number;
}

export type Outcome =
  | { readonly result: string | undefined }
  | { readonly error: { readonly errorType: string; readonly errorMessage: string; readonly trace: string } };

const start = workerData as WorkerStart;
patchDate(start.clock);
resolveLocalhostNames();

// Speaking plain http to the local issuer is this machine's affair: the deployed bundle's own module stays strict.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier.endsWith('/transport.mjs')
      ? {
          url: new URL('./worker-transport.ts', import.meta.url).href,
          format: 'module-typescript',
          shortCircuit: true,
        }
      : next(specifier, context),
});

// As in Lambda, every line of the console is a line of the log, without colours.
globalThis.console = new Console({ stdout: process.stdout, stderr: process.stdout, colorMode: false });

const contextOf = ({ requestId, deadline }: Invocation): Record<string, unknown> => ({
  awsRequestId: requestId,
  functionName: start.functionName,
  functionVersion: '$LATEST',
  invokedFunctionArn: start.functionArn,
  memoryLimitInMB: String(start.memoryMegabytes),
  logGroupName: `/aws/lambda/${start.functionName}`,
  logStreamName: 'local',
  callbackWaitsForEmptyEventLoop: false,
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
});

type Handler = (event: unknown, context: unknown) => unknown;

const failure = (error: unknown): Outcome => ({
  error:
    error instanceof Error
      ? { errorType: error.name, errorMessage: error.message, trace: error.stack ?? '' }
      : { errorType: 'Error', errorMessage: String(error), trace: '' },
});

const loaded: Promise<Handler> = import(start.module).then(module => {
  const handler = (module as Record<string, unknown>)[start.handler];
  if (typeof handler !== 'function') throw new Error(`${start.module} exports no function ${start.handler}`);
  return handler as Handler;
});
// A module that cannot be loaded is reported as the outcome of the first invocation, not as a crash.
loaded.catch(() => {});

const run = async (invocation: Invocation): Promise<Outcome> => {
  try {
    const handler = await loaded;
    const result = await handler(invocation.event, contextOf(invocation));
    // Lambda hands over JSON, so what JSON drops is dropped here too.
    return { result: JSON.stringify(result) };
  } catch (error) {
    return failure(error);
  }
};

parentPort?.on('message', (invocation: Invocation) => {
  void run(invocation).then(outcome => parentPort?.postMessage(outcome));
});
