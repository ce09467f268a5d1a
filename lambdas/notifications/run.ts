/** A run that writes to one after another: what it leaves, the next one finds. */
import type { Context } from 'aws-lambda';

/** Whether there is time for one more. */
export type HasTime = () => boolean;

/** Milliseconds kept back for the message under way. */
const reserve = 20_000;

export const timeWithin =
  (context: Pick<Context, 'getRemainingTimeInMillis'>): HasTime =>
  () =>
    context.getRemainingTimeInMillis() > reserve;

/** One line of the log: counts only, nobody's name or address. */
export const logRun = (counts: object, level: 'info' | 'warn' = 'info'): void =>
  console.log(JSON.stringify({ at: new Date().toISOString(), level, ...counts }));
