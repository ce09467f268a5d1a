/** `npm run digest`: the event of an hour, given to whom the schedule would give it, and what came of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DigestOutcome } from './control.ts';
import type { DeliveredMessage } from './engines/message.ts';
import { asContracted } from './mailbox.ts';
import { eventAt, type Schedule } from './scheduler.ts';

export interface DigestParts {
  /** The template's schedules that may be the digest's. */
  readonly schedules: readonly Schedule[];
  /** Messages that wait in the queues or are being worked on. */
  waiting(): Promise<number>;
  mailbox(): readonly DeliveredMessage[];
}

const longestMilliseconds = 120_000;

/** A message is out of the queue for a moment while it goes from one place to the next: it must stay empty twice. */
const drained = async (waiting: DigestParts['waiting']): Promise<boolean> => {
  const deadline = performance.now() + longestMilliseconds;
  let empty = 0;
  while (empty < 2) {
    if (performance.now() > deadline) return false;
    empty = (await waiting()) === 0 ? empty + 1 : 0;
    await sleep(100);
  }
  return true;
};

/** `at` in epoch milliseconds. Rejects with the plan's error. */
export const runDigest = async (parts: DigestParts, at: number): Promise<DigestOutcome> => {
  const schedule = parts.schedules.find(({ input }) => input.includes('<aws.scheduler.scheduled-time>'));
  if (!schedule) throw new Error('the stack has no schedule that hands over its time');
  const before = parts.mailbox().length;
  await schedule.target(eventAt(schedule.input, at));
  const all = await drained(parts.waiting);
  return {
    at: new Date(at).toISOString(),
    sent: parts.mailbox().slice(before).map(asContracted),
    drained: all,
  };
};
