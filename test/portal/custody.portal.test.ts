/** Files on their way to the department, and those that do not arrive. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { people } from '../../lib/local/engines/identity/people.ts';
import { announced, attachmentRoom, exeShape, form, pdf, shows, until, virus } from './attachment-room.ts';
import { assertAccessible } from './browser.ts';
import { registered } from './citizen.ts';
import { command, commandJson } from './command.ts';

describe('attachments on their way', () => {
  const room = attachmentRoom();
  const { arrive, department, put, care, send, shownBy } = room;

  test('are handed over only once they were found clean; the department’s fetching is the citizen’s to see', async () => {
    await room.control.scanner('hold');
    const { caseNumber, ids } = await send(['kartta.pdf', pdf]);
    const path = `/cases/${caseNumber}/attachments/${ids[0]}`;
    const early = await department('GET', path);
    assert.deepEqual([early.status, early.json().type], [409, '/problems/attachment-not-scanned']);
    await room.control.scanner('scan');
    await until(
      () => shownBy(caseNumber),
      ({ attachments }) => attachments[0].scan === 'clean',
    );
    const released = await department('GET', path);
    assert.equal(released.status, 302);
    const location = released.headers.get('location') ?? '';
    assert.ok(!location.includes('kartta'));
    assert.deepEqual(Buffer.from(await (await fetch(location)).arrayBuffer()), pdf);
    const { page, context } = await arrive('desktop', `/fi/asiointikansio/${caseNumber}/`);
    await shows(page, 'kartta.pdf', 'Vastaanotettu');
    await assertAccessible(page, 'a case with a file that was received');
    await context.close();
  });

  test('with malware are never delivered: the case says so, and so does the digest', async () => {
    await room.control.scanner('hold');
    const { caseNumber, ids } = await send(['lasku.pdf', virus], ['kartta.pdf', pdf]);
    await room.control.scanner('scan');
    const shown = await until(
      () => shownBy(caseNumber),
      ({ events }) => events.length > 1,
    );
    assert.deepEqual(
      shown.attachments.map(({ name, scan, state }: Record<string, string>) => `${name} ${scan} ${state}`)[0],
      'lasku.pdf infected refused',
    );
    const event = shown.events.at(-1);
    assert.deepEqual([event.type, event.why, event.by], ['attachment-refused', 'infected', 'portal']);
    const refused = await department('GET', `/cases/${caseNumber}/attachments/${ids[0]}`);
    assert.deepEqual([refused.status, refused.json().why], [410, 'infected']);
    const { items } = (await room.citizen.call('GET', `/api/cases?number=${caseNumber}`)).json();
    assert.equal(items[0].isNew, true);
    const { page, context } = await arrive('phone', `/fi/asiointikansio/${caseNumber}/`);
    await page.getByText('Liite lasku.pdf poistettiin, koska siitä löytyi haittaohjelma.').waitFor();
    await shows(page, 'lasku.pdf', /haittaohjelma/);
    await assertAccessible(page, 'a case with a file that was refused');
    await context.close();
  });

  test('called what they are not are found out on the server too', async () => {
    const { caseNumber, ids } = await send(['ohje.pdf', exeShape()]);
    await until(
      () => shownBy(caseNumber),
      ({ attachments }) => attachments[0].scan === 'wrong-type',
    );
    assert.equal((await department('GET', `/cases/${caseNumber}/attachments/${ids[0]}`)).status, 410);
  });

  test('whose scan is lost are scanned again by the schedule', async () => {
    await room.control.scanner('lose');
    const { caseNumber } = await send(['kartta.pdf', pdf]);
    await pause(200);
    await room.control.scanner('scan');
    assert.equal((await shownBy(caseNumber)).attachments[0].scan, 'pending');
    await command(room.portal.place, 'clock', '+25m');
    await until(care, done => (done?.scannedAgain ?? 0) >= 1);
    await until(
      () => shownBy(caseNumber),
      ({ attachments }) => attachments[0].scan === 'clean',
    );
    await command(room.portal.place, 'clock', 'now');
  });

  test('of a deleted draft are removed', async () => {
    const draft = randomUUID();
    const { version } = (await room.citizen.call('GET', `/api/forms/${form}`)).json();
    const content = { form, formVersion: version, language: 'fi', answers: {}, page: 0 };
    await room.citizen.call('PUT', `/api/drafts/${draft}`, content, { 'if-none-match': '*' });
    const body = { ...announced('kartta.pdf', pdf), field: '/page/papers' };
    const { attachment, upload } = (
      await room.citizen.call('POST', `/api/drafts/${draft}/attachments`, body)
    ).json();
    assert.equal(await put(upload, pdf), 204);
    const states = async () =>
      (await room.citizen.call('GET', `/api/drafts/${draft}/attachments`)).json().items;
    await until(states, items => items[0]?.state === 'checked');
    await room.citizen.call('DELETE', `/api/drafts/${draft}`);
    await until(care, done => (done?.removed ?? 0) >= 1);
    assert.ok(attachment.id);
  });

  test('are added to no case that is over, and to no other than one’s own', async () => {
    const { caseNumber } = await send();
    const stranger = await registered(room.portal.place, { person: otherPerson() });
    const path = `/api/cases/${caseNumber}/attachments`;
    assert.equal((await stranger.call('POST', path, announced('a.pdf', pdf))).status, 404);
    assert.equal((await stranger.call('GET', path)).status, 404);
    assert.equal((await room.citizen.call('POST', path, announced('a.pdf', pdf))).status, 201);
    await department('POST', `/cases/${caseNumber}/events`, { type: 'status', status: 'closed' });
    const late = await room.citizen.call('POST', path, announced('a.pdf', pdf));
    assert.deepEqual([late.status, late.json().type], [409, '/problems/attachments-not-taken']);
    assert.equal((await room.citizen.call('GET', `/api/cases/${caseNumber}`)).json().canAttach, false);
  });

  test('were seen by the command line as well', async () => {
    const { caseNumber } = await send(['kartta.pdf', pdf]);
    const shown = await commandJson<{ attachments: { scan: string }[] }>(
      room.portal.place,
      'department',
      'show',
      caseNumber,
    );
    assert.equal(shown.attachments.length, 1);
  });
});

/** Somebody whom no other test needs as a newcomer. */
const otherPerson = (): string =>
  people.find(({ language, organisations }) => language === 'sv' && organisations.length === 0)?.id ?? '';
