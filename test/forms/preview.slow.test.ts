import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../portal/browser.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'preview-test-'));
const form = join(folder, 'koe');
let command: ChildProcess;
let browser: Browser;
let page: Page;
let address = '';
const complaints: string[] = [];

const write = (file: string, content: unknown): void =>
  writeFileSync(join(form, file), JSON.stringify(content, null, 2));

const schema = (name: string, more: object = {}) => ({
  type: 'object',
  title: 'Koe',
  properties: {
    who: {
      type: 'object',
      title: 'Kuka',
      properties: { name: { type: 'string', title: name }, ...more },
      required: ['name'],
    },
    agreed: { type: 'boolean', title: 'Olen lukenut ohjeet' },
  },
});

/** Waits for the line that says where it is. */
const ready = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', chunk => {
      output += chunk;
      const found = /Preview ready: (\S+)/.exec(output)?.[1];
      if (found) resolve(found);
    });
    child.on('exit', code => reject(new Error(`ended with ${code}: ${output}`)));
  });

before(async () => {
  cpSync(join(root, 'web/content/forms/koirailmoitus'), form, { recursive: true });
  for (const file of ['uiSchema.json', 'translation.json', 'settings.json']) rmSync(join(form, file));
  write('schema.json', schema('Nimi'));
  command = spawn(process.execPath, ['bin/forms.ts', 'preview', form, '--port', '0'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  [address, browser] = await Promise.all([ready(command), openBrowser()]);
  page = await browser.newPage({ locale: 'fi-FI' });
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', error => complaints.push(String(error)));
});

after(async () => {
  await browser?.close();
  const gone = new Promise(resolve => command?.once('exit', resolve));
  command?.kill('SIGTERM');
  await gone;
  rmSync(folder, { recursive: true, force: true });
});

const status = () => page.locator('.preview [role=status]');

it('shows a plain JSON Schema as a form: a page a top-level property, scalars too', async () => {
  await page.goto(address);
  await page.getByRole('heading', { level: 1, name: 'Koe' }).waitFor();
  await page.getByRole('button', { name: 'Seuraava' }).click();
  await page.getByRole('heading', { name: 'Korjaa yksi kohta' }).waitFor();
  await page.getByLabel('Nimi').fill('Maija');
  await page.getByRole('button', { name: 'Seuraava' }).click();
  await page.getByRole('heading', { level: 2, name: 'Olen lukenut ohjeet' }).waitFor();
  await page.getByLabel('Olen lukenut ohjeet').check();
  assert.match((await status().textContent()) ?? '', /2 sivua, 2 kenttää/);
});

it('follows a change of its files, and keeps what was typed', async () => {
  write('schema.json', schema('Koko nimi', { town: { type: 'string', title: 'Kotikunta' } }));
  await page.getByRole('button', { name: /^Kuka/ }).waitFor();
  await page.waitForFunction(() => document.querySelector('.preview')?.textContent?.includes('3 kenttää'));
  await page.getByRole('button', { name: /^Kuka/ }).click();
  assert.equal(await page.getByLabel('Koko nimi').inputValue(), 'Maija');
  await page.getByLabel('Kotikunta').fill('Helsinki');
});

it('says on the page what is wrong, where and why, beside the last good form', async () => {
  write(
    'schema.json',
    schema('Koko nimi', { town: { type: 'string', title: 'K', contentEncoding: 'base64' } }),
  );
  const problem = page.locator('.preview__problem--error');
  await problem.waitFor();
  assert.match(
    (await problem.textContent()) ?? '',
    /schema\.json \/properties\/who\/properties\/town\/contentEncoding.*not supported/,
  );
  assert.ok(await page.getByLabel('Kotikunta').isVisible());
  writeFileSync(join(form, 'schema.json'), '{');
  await page.waitForFunction(() =>
    document.querySelector('.preview__problem--error')?.textContent?.includes('JSON'),
  );
  write('schema.json', schema('Nimi', { town: { type: 'string', title: 'Kotikunta' } }));
  await page.waitForFunction(() => !document.querySelector('.preview__problem--error'));
});

it('goes on when the folder was away for a moment', async () => {
  const aside = join(folder, 'aside');
  renameSync(form, aside);
  await page.locator('.preview__problem--error').getByText('not a folder').waitFor();
  renameSync(aside, form);
  await page.waitForFunction(() => !document.querySelector('.preview__problem--error'));
});

it('speaks the other languages, and shows what would be handed over', async () => {
  await page.getByLabel('Nimi').waitFor();
  await page.getByRole('link', { name: 'Svenska' }).click();
  await page.waitForURL(/\/sv\/blankett\/koe\//);
  await page.getByRole('button', { name: 'Nästa' }).waitFor();
  await page.getByRole('button', { name: /Kontrollera/ }).click();
  await page.getByRole('button', { name: 'Skicka', exact: true }).click();
  const sent = page.locator('.preview__sent pre');
  await sent.waitFor();
  const { answers } = JSON.parse((await sent.textContent()) ?? '');
  assert.deepEqual(answers, { who: { name: 'Maija', town: 'Helsinki' }, agreed: true });
  assert.deepEqual(complaints, []);
});

it('leaves the folder as it was', () => {
  assert.deepEqual(JSON.parse(readFileSync(join(form, 'schema.json'), 'utf8')).title, 'Koe');
});
