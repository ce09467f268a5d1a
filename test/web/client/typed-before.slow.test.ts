import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../portal/browser.ts';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

const script = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, '../../../web/client/typed-before.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'before',
  });
  return outputFiles[0]?.text ?? '';
};

const fields = `<input id="name"><input id="map" type="file" multiple><input id="other" type="file">
  <input id="dog" type="checkbox"><select id="kind"><option>a<option>b</select>`;

test('what was typed, chosen and ticked on a drawn page is given to the fields that take its place', async () => {
  const page = await browser.newPage();
  await page.setContent(`<div id="app">${fields}</div>`);
  await page.fill('#name', 'Musti');
  await page.check('#dog');
  await page.selectOption('#kind', 'b');
  await page.setInputFiles('#map', [
    { name: 'kartta.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') },
    { name: 'kuva.png', mimeType: 'image/png', buffer: Buffer.from('png') },
  ]);
  await page.addScriptTag({ content: await script() });
  const heard = await page.evaluate(html => {
    const { before } = globalThis as unknown as {
      before: typeof import('../../../web/client/typed-before.ts');
    };
    const root = document.getElementById('app') as HTMLElement;
    before.keepTyped(root);
    root.innerHTML = html;
    const changed: string[] = [];
    root.addEventListener('change', ({ target }) => {
      const { id, value, checked, files } = target as HTMLInputElement;
      const given = files ? [...files].map(({ name }) => name).join() : id === 'dog' ? checked : value;
      changed.push(`${id}: ${given}`);
    });
    before.giveBackTyped();
    return changed;
  }, fields);
  assert.deepEqual(heard, ['name: Musti', 'map: kartta.pdf,kuva.png', 'dog: true', 'kind: b']);
  await page.close();
});

test('a button pressed on the drawn page is pressed again, though what was ticked brings another before it', async () => {
  const page = await browser.newPage();
  const next = '<button>Seuraava</button>';
  const drawn = `<input id="dog" type="checkbox"><button type="button">Kalenteri</button>${next}`;
  await page.setContent(`<div id="app">${drawn.replace('<button>', '<button class="pressed">')}</div>`);
  await page.check('#dog');
  await page.addScriptTag({ content: await script() });
  await page.evaluate(html => {
    const { before } = globalThis as unknown as {
      before: typeof import('../../../web/client/typed-before.ts');
    };
    const root = document.getElementById('app') as HTMLElement;
    before.keepTyped(root);
    root.innerHTML = html;
    root.addEventListener('change', () => root.prepend(document.createElement('button')));
    root.addEventListener('click', ({ target }) => {
      if (target instanceof HTMLButtonElement) document.title = `pressed: ${target.textContent}`;
    });
    before.giveBackTyped();
  }, drawn);
  await page.waitForFunction(() => document.title !== '');
  assert.equal(await page.title(), 'pressed: Seuraava');
  await page.close();
});

test('a camera opened on the drawn page gives its picture to the field that has taken the place', async () => {
  const page = await browser.newPage();
  await page.setContent(`<div id="app">${fields}</div>`);
  await page.addScriptTag({ content: await script() });
  const opened = await page.locator('#map').elementHandle();
  await page.evaluate(html => {
    const { before } = globalThis as unknown as {
      before: typeof import('../../../web/client/typed-before.ts');
    };
    const root = document.getElementById('app') as HTMLElement;
    before.keepTyped(root);
    root.innerHTML = html;
    before.giveBackTyped();
  }, fields);
  await opened?.evaluate(input => {
    const picture = new DataTransfer();
    picture.items.add(new File(['jpg'], 'kuva.jpg', { type: 'image/jpeg' }));
    (input as HTMLInputElement).files = picture.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
  const given = await page
    .locator('#map')
    .evaluate(input => [...((input as HTMLInputElement).files ?? [])].map(({ name }) => name));
  assert.deepEqual(given, ['kuva.jpg']);
  await page.close();
});
