/** The e-mails and text messages the running local portal has delivered: `npm run mailbox`. */
import { parseArgs } from 'node:util';
import { connect } from '../lib/local/control.ts';
import type { DeliveredMessage } from '../lib/local/engines/message.ts';
import { asContracted, readableTime } from '../lib/local/mailbox.ts';

const help = `npm run mailbox [-- --json]

  --json  [{channel, to, subject?, text, at}], newest last
  --help  this text

  PORTAL_DATA  data folder of the running portal (.portal)`;

const indented = (text: string): string => text.replace(/^/gm, '  ');

const readable = ({ channel, to, subject, text, at }: DeliveredMessage): string => {
  const head = [readableTime(at), channel === 'email' ? 'e-mail' : 'text message', `to ${to}`].join(' · ');
  return [head, ...(subject === undefined ? [] : [`  ${subject}`, '']), indented(text.trimEnd())].join('\n');
};

const print = (messages: readonly DeliveredMessage[], json: boolean): void => {
  if (json) console.log(JSON.stringify(messages.map(asContracted), null, 2));
  else
    console.log(messages.length === 0 ? 'Nothing has been sent yet.' : messages.map(readable).join('\n\n'));
};

const readOptions = () => {
  try {
    return parseArgs({ options: { json: { type: 'boolean' }, help: { type: 'boolean' } } }).values;
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
};

const { json = false, help: wantsHelp } = readOptions();
if (wantsHelp) console.log(help);
else print(await (await connect()).mailbox(), json);
