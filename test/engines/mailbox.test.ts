import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DeliveredMessage } from '../../lib/local/engines/message.ts';
import { type Engine, listen } from '../../lib/local/engines/server.ts';
import { serveMailbox } from '../../lib/local/mailbox.ts';

const messages: (DeliveredMessage & { from?: string })[] = [];
let engine: Engine;

before(async () => {
  engine = await listen(serveMailbox(() => messages));
});
after(() => engine.close());

test('shows messages oldest first, harmless and with links that work', async () => {
  assert.match(await (await fetch(`${engine.url}/mailbox`)).text(), /Nothing yet/);
  messages.push(
    {
      channel: 'email',
      to: 'test@example.com',
      from: 'asiointi@example.fi',
      subject: '<b>Uutta</b>',
      text: 'Katso: http://localhost:3000/fi/asiointikansio/.',
      at: '2026-11-23T07:00:00.000Z',
    },
    { channel: 'sms', to: '+358401234567', text: 'Uutta', at: '2026-11-23T08:00:00.000Z' },
  );
  const page = await (await fetch(`${engine.url}/mailbox`)).text();
  assert.ok(page.indexOf('test@example.com') < page.indexOf('+358401234567'));
  assert.doesNotMatch(page, /<b>/);
  assert.ok(page.includes('<a href="http://localhost:3000/fi/asiointikansio/">'));
  assert.match(page, /23\.11\.2026 klo 9\.00/);
});

test('lists them for machines exactly as contracted', async () => {
  const list = (await (await fetch(`${engine.url}/mailbox.json`)).json()) as object[];
  assert.deepEqual(list.map(Object.keys), [
    ['channel', 'to', 'subject', 'text', 'at'],
    ['channel', 'to', 'text', 'at'],
  ]);
});
