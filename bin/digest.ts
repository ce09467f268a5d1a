/** `npm run digest -- --at 2026-11-23T09:00:00+02:00`: hands the digest's plan the event of that hour and prints what was sent. */
import { parseArgs } from 'node:util';
import { readMoment } from '../lib/local/clock.ts';
import { ControlError, connect, type DigestOutcome } from '../lib/local/control.ts';
import { table } from '../lib/local/department/text.ts';

const help = `npm run digest -- --at TIME [--json]

  --at TIME  the hour the schedule would hand over, e.g. 2026-11-23T09:00:00+02:00
  --json     print {at, sent:[{channel, to, subject?, text, at}]} and nothing else
  --help     this text`;

class Usage extends Error {}

const readOptions = () => {
  try {
    const { values } = parseArgs({
      options: {
        at: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (!values.help && values.at === undefined)
      throw new Error('say which hour: --at 2026-11-23T09:00:00+02:00');
    if (values.at !== undefined) readMoment(values.at, Date.now());
    return values;
  } catch (error) {
    throw new Usage((error as Error).message);
  }
};

const print = ({ at, sent }: DigestOutcome, isJson: boolean): void => {
  if (isJson) console.log(JSON.stringify({ at, sent }));
  else if (sent.length === 0) console.log('Nothing was sent.');
  else {
    const rows = sent.map(message => ({
      ...message,
      subject: message.subject ?? message.text.split('\n')[0],
    }));
    console.log(table(rows, { channel: 'channel', to: 'to', subject: 'subject or text', at: 'at' }));
  }
};

const run = async (): Promise<number> => {
  const { at = '', json, help: wantsHelp } = readOptions();
  if (wantsHelp) {
    console.log(help);
    return 0;
  }
  const outcome = await (await connect()).digest(at);
  print(outcome, json);
  if (outcome.drained) return 0;
  console.error('Some digests were still waiting after two minutes: see PORTAL_DATA/logs/lambda.log.');
  return 1;
};

try {
  process.exitCode = await run();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = error instanceof ControlError ? 1 : 2;
}
