/** The Lambda functions of the stack: a pool of worker threads each, one event at a time a worker. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Clock } from './clock.ts';
import { createPool, type Pool } from './pool.ts';
import type { Invocation, Outcome, WorkerStart } from './worker.ts';

export interface FunctionDefinition {
  readonly name: string;
  readonly arn: string;
  /** Folder of the bundle. */
  readonly code: string;
  /** `index.handler` */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** How many may run at once. */
  readonly concurrency: number;
}

/** Why an invocation brought no result. After a `crash` or a `timeout` the instance is gone, after an `error` it lives. */
export class InvocationFailure extends Error {
  readonly kind: 'error' | 'crash' | 'timeout' | 'throttled';
  constructor(kind: InvocationFailure['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

export interface LambdaFunction {
  readonly definition: FunctionDefinition;
  /** Runs it once and answers what the handler returned, through JSON. Throws `InvocationFailure`. */
  invoke(event: unknown): Promise<unknown>;
  close(): Promise<void>;
}

export type Log = (line: string) => void;

const logLines = (stream: Readable, log: Log): void => {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) log(line);
  });
};

const startInstance = (definition: FunctionDefinition, clock: Clock, log: Log): Worker => {
  const [file = 'index', handler = 'handler'] = definition.handler.split('.');
  const workerData: WorkerStart = {
    module: pathToFileURL(join(definition.code, `${file}.mjs`)).href,
    handler,
    functionName: definition.name,
    functionArn: definition.arn,
    memoryMegabytes: definition.memoryMegabytes,
    clock: clock.shared,
  };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData,
    env: { ...definition.environment },
    resourceLimits: { maxOldGenerationSizeMb: definition.memoryMegabytes },
    stdout: true,
    stderr: true,
  });
  logLines(worker.stdout, log);
  logLines(worker.stderr, log);
  worker.on('error', ({ name }) =>
    log(JSON.stringify({ level: 'error', function: definition.name, crashed: name })),
  );
  worker.unref();
  return worker;
};

const runOnce = (
  worker: Worker,
  definition: FunctionDefinition,
  event: unknown,
  now: number,
): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      settle();
    };
    const onMessage = (outcome: Outcome): void => finish(() => resolve(outcome));
    const onError = (error: Error): void =>
      finish(() => reject(new InvocationFailure('crash', error.message)));
    const onExit = (code: number): void =>
      finish(() => reject(new InvocationFailure('crash', `the instance ended with ${code}`)));
    const timer = setTimeout(
      () =>
        finish(() =>
          reject(new InvocationFailure('timeout', `timed out after ${definition.timeoutSeconds} s`)),
        ),
      definition.timeoutSeconds * 1_000,
    );
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    const invocation: Invocation = {
      requestId: randomUUID(),
      event,
      deadline: now + definition.timeoutSeconds * 1_000,
    };
    worker.postMessage(invocation);
  });

const resultOf = (outcome: Outcome, { name }: FunctionDefinition, log: Log): unknown => {
  if ('result' in outcome) return outcome.result === undefined ? null : JSON.parse(outcome.result);
  const { errorType, errorMessage, trace } = outcome.error;
  log(JSON.stringify({ level: 'error', function: name, errorType, errorMessage, trace }));
  throw new InvocationFailure('error', errorMessage);
};

export const createFunction = (definition: FunctionDefinition, clock: Clock, log: Log): LambdaFunction => {
  const { name } = definition;
  const pool: Pool<Worker> = createPool({
    size: definition.concurrency,
    start: () => {
      const worker = startInstance(definition, clock, log);
      return worker.once('exit', () => pool.drop(worker));
    },
    end: worker => worker.terminate(),
  });

  const run = async (event: unknown): Promise<Outcome> => {
    const worker = await pool.acquire();
    if (worker === undefined) throw new InvocationFailure('throttled', `${name} is busy`);
    let broken = true;
    try {
      const outcome = await runOnce(worker, definition, event, clock.now());
      broken = false;
      return outcome;
    } catch (error) {
      log(JSON.stringify({ level: 'error', function: name, failure: (error as InvocationFailure).kind }));
      throw error;
    } finally {
      pool.release(worker, broken);
    }
  };

  return {
    definition,
    invoke: async event => resultOf(await run(event), definition, log),
    close: pool.close,
  };
};
