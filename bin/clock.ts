/** `npm run clock -- +1h55m`: moves the clock of the running local portal. */
import { parseArgs } from 'node:util';
import { readMoment } from '../lib/local/clock.ts';
import { ControlError, connect } from '../lib/local/control.ts';

const help = `npm run clock -- TO

  +1h55m, -2d                 so much later or earlier (d, h, m, s)
  2026-12-24T08:59:00+02:00   at this time
  now                         the real time again`;

/** `24.12.2026 klo 8.59.00` in the city's zone, beside the exact time. */
const local = (at: string): string =>
  new Date(at).toLocaleString('fi-FI', {
    timeZone: 'Europe/Helsinki',
    dateStyle: 'short',
    timeStyle: 'medium',
  });

const run = async (): Promise<number> => {
  // `-2d` is a time here, not an option.
  const [to, ...others] = process.argv.slice(2);
  if (to === '--help' || to === '-h') {
    console.log(help);
    return 0;
  }
  parseArgs({ args: others, allowPositionals: false });
  if (to === undefined) throw new Error('say to what time: +1h55m, 2026-12-24T08:59:00+02:00 or now');
  readMoment(to, Date.now());
  const portal = await connect();
  const at = await portal.clock(to);
  console.log(`${at} (${local(at)})`);
  return 0;
};

try {
  process.exitCode = await run();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = error instanceof ControlError ? 1 : 2;
}
