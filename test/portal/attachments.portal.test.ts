/** Files as a citizen adds them. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { good } from '../attachments/files.ts';
import {
  attachmentRoom,
  drop,
  exeShape,
  form,
  inBrowser,
  line,
  pdf,
  shows,
  spoken,
  until,
  virus,
} from './attachment-room.ts';
import { assertAccessible, assertNoSidewaysScroll } from './browser.ts';

describe('attachments', () => {
  const room = attachmentRoom();
  const { signIn, arrive, removeDrafts, openForm, department, send, shownBy } = room;
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

  test('are dropped, chosen by keyboard, judged by their content, and shown on their way', async () => {
    const { page, context, complaints } = await openForm('desktop');
    await assertAccessible(page, 'a field for files');
    const shape = exeShape();
    await drop(
      page,
      '.file-picker',
      ['kartta.pdf', pdf],
      ['lasku.pdf', shape],
      ['ohje.txt', good['a.txt'] as Buffer],
    );
    await shows(page, 'lasku.pdf', 'Tiedoston nimi päättyy .pdf, mutta sen sisältö on jotain muuta.');
    await spoken(page, 'ohje.txt on ladattu').catch(() => undefined);
    await shows(page, 'kartta.pdf', 'Tarkistettu');
    await shows(page, 'ohje.txt', 'Tarkistettu');
    await assertAccessible(page, 'files that have arrived, and one that was refused');
    await line(page, 'lasku.pdf').getByRole('button', { name: 'Poista' }).click();
    await page.locator('input[type=file]:focus').first().waitFor();
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.locator('input[type=file]:not([capture])').first().press('Enter'),
    ]);
    assert.equal(chooser.isMultiple(), true);
    await chooser.setFiles([inBrowser('tyhja.pdf', Buffer.alloc(0)), inBrowser('ohjelma.exe', shape)]);
    await shows(page, 'tyhja.pdf', 'Tiedosto on tyhjä.');
    await shows(page, 'ohjelma.exe', 'Tällaista tiedostoa ei voi liittää.');
    // A field of its own limits: pictures of at most a kilobyte.
    const picture = page.locator('input[type=file]:not([capture])').nth(1);
    await picture.setInputFiles(
      inBrowser('iso.png', Buffer.concat([good['a.png'] as Buffer, Buffer.alloc(2000)])),
    );
    await shows(page, 'iso.png', 'Suurin sallittu koko on 1 kt');
    await picture.setInputFiles(inBrowser('kuva.pdf', pdf));
    await shows(page, 'kuva.pdf', 'Tällaista tiedostoa ei voi liittää.');
    // One that was not taken is not to be missed by whoever goes on.
    await press(page, 'Seuraava');
    await page
      .getByRole('link', { name: /^Poista luettelosta tiedostot, joita ei otettu mukaan/ })
      .first()
      .waitFor();
    // Beside the place for it, a file does not take the page away.
    await drop(page, 'h1', ['ohi.pdf', pdf]);
    assert.equal(await line(page, 'ohi.pdf').count(), 0);
    assert.deepEqual(complaints(), []);
    await context.close();
  });

  test('that are too many stay in sight with the reason; one with malware is no answer and takes nobody’s place', async () => {
    const { page, context } = await openForm('phone');
    const picker = page.locator('input[type=file]:not([capture])').first();
    const names = Array.from({ length: 11 }, (_, index) => `sivu ${index + 1}.pdf`);
    await picker.setInputFiles(names.map((name, index) => inBrowser(name, index === 0 ? virus : pdf)));
    await shows(page, 'sivu 11.pdf', 'Liitteitä on jo enimmäismäärä.');
    await shows(page, 'sivu 1.pdf', 'Tiedostosta löytyi haittaohjelma');
    await shows(page, 'sivu 10.pdf', 'Tarkistettu');
    await assertAccessible(page, 'files that were not taken');
    // The place of the one that was refused is free.
    await picker.setInputFiles(inBrowser('uusi.pdf', pdf));
    await shows(page, 'uusi.pdf', 'Tarkistettu');
    await context.close();
  });

  test('start again by themselves when the connection breaks, and stop when they are told to', async () => {
    const { page, context } = await openForm('phone');
    let broken = 2;
    let held: (() => void) | undefined;
    const isUpload = (url: URL) =>
      url.port !== String(room.portal.place.port) && url.hostname === '127.0.0.1';
    await page.route(isUpload, async route => {
      if (route.request().method() !== 'POST') return route.continue();
      if (broken > 0) {
        broken -= 1;
        return route.abort('connectionreset');
      }
      if (broken < 0) await new Promise<void>(resolve => (held = resolve));
      return route.continue().catch(() => undefined);
    });
    const input = page.locator('input[type=file]').first();
    await input.setInputFiles(inBrowser('matka.pdf', pdf));
    await shows(page, 'matka.pdf', 'Yhteys katkesi. Yritetään uudelleen …');
    await spoken(page, 'matka.pdf: yhteys katkesi');
    await assertAccessible(page, 'an interrupted file');
    await shows(page, 'matka.pdf', 'Tarkistettu');
    assert.equal(broken, 0);

    // Without a network it waits, and goes on at once when that is back.
    await context.setOffline(true);
    await input.setInputFiles(inBrowser('tunneli.pdf', pdf));
    await shows(page, 'tunneli.pdf', 'Yhteys katkesi. Yritetään uudelleen …');
    await context.setOffline(false);
    await shows(page, 'tunneli.pdf', 'Ladattu');

    broken = -1;
    await input.setInputFiles(inBrowser('turha.pdf', pdf));
    await until(async () => held !== undefined, Boolean);
    await line(page, 'turha.pdf').locator('progress').waitFor();
    await assertAccessible(page, 'a file being sent');
    await assertNoSidewaysScroll(page, 'files on a phone');
    await line(page, 'turha.pdf').getByRole('button', { name: 'Peruuta' }).click();
    assert.equal(await line(page, 'turha.pdf').count(), 0);
    held?.();
    await context.close();
  });

  test('are photographed where a hand holds the camera', async () => {
    await removeDrafts();
    const context = await room.browser.newContext({
      ...{ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
      locale: 'fi-FI',
    });
    await signIn(context);
    const page = await context.newPage();
    await page.goto(`${room.portal.place.url}/fi/lomake/${form}/`);
    await page.getByText('Ota kuva').first().waitFor();
    assert.equal(await page.getByText('tai raahaa tiedostot tähän').first().isVisible(), false);
    const camera = page.locator('input[capture=environment][accept="image/*"]').first();
    await camera.setInputFiles(inBrowser('1000012345', good['a.jpg'] as Buffer));
    // A picture without a name of its kind gets one.
    await shows(page, '1000012345.jpg', 'Tarkistettu');
    await assertAccessible(page, 'a camera');
    await context.close();
  });

  test('are added to a sent case: the department hears of them once they are clean', async () => {
    const { caseNumber } = await send(['kartta.pdf', pdf]);
    const { page, context, complaints } = await arrive('desktop', `/fi/asiointikansio/${caseNumber}/`);
    const picker = page.locator('.file-picker input[type=file]').first();
    await picker.waitFor({ state: 'attached' });
    await picker.setInputFiles([inBrowser('lisa.pdf', pdf), inBrowser('vaara.pdf', virus)]);
    await shows(page, 'lisa.pdf', 'Tarkistettu');
    await shows(page, 'vaara.pdf', /haittaohjelma/);
    assert.equal((await shownBy(caseNumber)).events.length, 1, 'nothing is told before it is sent');
    await assertAccessible(page, 'files for a sent case');
    await assertNoSidewaysScroll(page, 'files for a sent case');
    await press(page, 'Lähetä liitteet');
    await spoken(page, 'Liite on lähetetty.');
    const shown = await until(
      () => shownBy(caseNumber),
      ({ events }) => events.length > 1,
    );
    assert.deepEqual(
      [shown.events.length, shown.events[1].type, shown.events[1].by, shown.revision],
      [2, 'attachment', 'citizen', 2],
    );
    const added = shown.attachments.find(({ name }: { name: string }) => name === 'lisa.pdf');
    assert.equal((await department('GET', `/cases/${caseNumber}/attachments/${added.id}`)).status, 302);
    await page.getByText('Lisättiin liite lisa.pdf').waitFor();
    const { items } = (await room.citizen.call('GET', `/api/cases?number=${caseNumber}`)).json();
    assert.equal(items[0].isNew, false, 'one’s own act is not new to oneself');
    assert.deepEqual(complaints(), []);
    await context.close();
  });

  test('speak every language', async () => {
    for (const [path, words] of [
      [`/sv/blankett/${form}/`, ['Välj filer', 'Kontrollerad', 'Ta bort']],
      [`/en/form/${form}/`, ['Choose files', 'Checked', 'Remove']],
    ] as const) {
      const { page, context } = await openForm('phone', path);
      await page.locator('input[type=file]').first().setInputFiles(inBrowser('kartta.pdf', pdf));
      await page.getByText(words[0], { exact: true }).waitFor();
      await shows(page, 'kartta.pdf', words[1]);
      await line(page, 'kartta.pdf').getByRole('button', { name: words[2] }).waitFor();
      await assertAccessible(page, path);
      await context.close();
    }
  });
});
