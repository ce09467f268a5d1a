/** The Lambda functions of the stack: a pool of worker threads each, one event at a time a worker. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Clock } from './clock.ts';
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

/** Instances that have not been used for so long are let go; the next event then meets a cold start, as in Lambda. */
const idleMilliseconds = 10 * 60_000;
/** Requests beyond the concurrency wait so long for a free instance before they are refused. */
const queueMilliseconds = 10_000;

interface Instance {
  readonly worker: Worker;
  busy: boolean;
  usedAt: number;
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

const startInstance = (definition: FunctionDefinition, clock: Clock, log: Log): Instance => {
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
  worker.unref();
  return { worker, busy: false, usedAt: performance.now() };
};

const runOnce = (
  instance: Instance,
  definition: FunctionDefinition,
  event: unknown,
  now: number,
): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const { worker } = instance;
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

export const createFunction = (definition: FunctionDefinition, clock: Clock, log: Log): LambdaFunction => {
  const instances = new Set<Instance>();
  const waiting: ((instance: Instance | undefined) => void)[] = [];

  const discard = (instance: Instance): void => {
    instances.delete(instance);
    void instance.worker.terminate();
  };

  const add = (): Instance => {
    const instance = startInstance(definition, clock, log);
    instances.add(instance);
    instance.worker.once('exit', () => instances.delete(instance));
    instance.worker.on('error', error =>
      log(JSON.stringify({ level: 'error', function: definition.name, error: error.name })),
    );
    return instance;
  };

  const free = (): Instance | undefined => {
    const idle = [...instances].find(instance => !instance.busy);
    return idle ?? (instances.size < definition.concurrency ? add() : undefined);
  };

  const acquire = (): Promise<Instance | undefined> => {
    const instance = free();
    if (instance) {
      instance.busy = true;
      return Promise.resolve(instance);
    }
    return new Promise(resolve => {
      const give = (given: Instance | undefined): void => {
        clearTimeout(late);
        resolve(given);
      };
      const late = setTimeout(() => {
        waiting.splice(waiting.indexOf(give), 1);
        resolve(undefined);
      }, queueMilliseconds);
      waiting.push(give);
    });
  };

  const release = (): void => {
    const next = waiting.length > 0 ? free() : undefined;
    if (!next) return;
    next.busy = true;
    waiting.shift()?.(next);
  };

  const reaper = setInterval(() => {
    for (const instance of instances)
      if (!instance.busy && performance.now() - instance.usedAt > idleMilliseconds) discard(instance);
  }, 60_000).unref();

  const reported = (outcome: Outcome): unknown => {
    if ('result' in outcome) return outcome.result === undefined ? null : JSON.parse(outcome.result);
    const { errorType, errorMessage, trace } = outcome.error;
    log(JSON.stringify({ level: 'error', function: definition.name, errorType, errorMessage, trace }));
    throw new InvocationFailure('error', errorMessage);
  };

  return {
    definition,
    invoke: async event => {
      const instance = await acquire();
      if (instance === undefined) throw new InvocationFailure('throttled', `${definition.name} is busy`);
      try {
        return reported(await runOnce(instance, definition, event, clock.now()));
      } catch (error) {
        if (error instanceof InvocationFailure && error.kind !== 'error') {
          log(JSON.stringify({ level: 'error', function: definition.name, failure: error.kind }));
          discard(instance);
        }
        throw error;
      } finally {
        instance.busy = false;
        instance.usedAt = performance.now();
        release();
      }
    },
    close: async () => {
      clearInterval(reaper);
      await Promise.all([...instances].map(({ worker }) => worker.terminate()));
    },
  };
};
