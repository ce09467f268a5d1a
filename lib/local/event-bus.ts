/** EventBridge's default bus: the template's rules, and whoever else listens. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { account, region } from './names.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, to the second. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface RuleDefinition {
  readonly name: string;
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly functionName: string;
}

export interface EventBus {
  /** Hands an event to everybody it is for; does not wait for them. */
  put(event: Pick<BusEvent, 'source' | 'detail-type' | 'detail' | 'resources'>): void;
  listen(listener: (event: BusEvent) => void): void;
}

export interface BusOptions {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly rules: readonly RuleDefinition[];
  readonly invoke: (functionName: string, event: unknown) => Promise<unknown>;
  readonly failed: (rule: string) => void;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const leafMatches = (wanted: readonly unknown[], value: unknown): boolean => {
  const operator = wanted.find(isObject);
  if (operator) throw new Error(`the local run knows no event pattern ${JSON.stringify(operator)}`);
  return Array.isArray(value) ? value.some(one => wanted.includes(one)) : wanted.includes(value);
};

/** Whether an event is what a rule's pattern asks for: exact values only, as ours are. Throws at other operators. */
export const matches = (pattern: Readonly<Record<string, unknown>>, event: unknown): boolean =>
  Object.entries(pattern).every(([name, wanted]) => {
    const value = isObject(event) ? event[name] : undefined;
    return Array.isArray(wanted) ? leafMatches(wanted, value) : isObject(wanted) && matches(wanted, value);
  });

/** Lambda runs what failed twice more; after a minute and two there, sooner here. */
const retryMilliseconds = [500, 2_000];

const deliver = async (
  { name, functionName }: RuleDefinition,
  event: BusEvent,
  { invoke, failed }: BusOptions,
): Promise<void> => {
  for (const wait of [...retryMilliseconds, undefined]) {
    try {
      await invoke(functionName, event);
      return;
    } catch {
      if (wait === undefined) failed(name);
      else await pause(wait, undefined, { ref: false });
    }
  }
};

export const createEventBus = (options: BusOptions): EventBus => {
  const { now, rules } = options;
  const listeners: ((event: BusEvent) => void)[] = [];
  return {
    put: given => {
      const time = new Date(now()).toISOString().replace(/\.\d+Z$/, 'Z');
      const event: BusEvent = { version: '0', id: randomUUID(), account, region, time, ...given };
      for (const rule of rules) if (matches(rule.pattern, event)) void deliver(rule, event, options);
      for (const listener of listeners) listener(event);
    },
    listen: listener => void listeners.push(listener),
  };
};
