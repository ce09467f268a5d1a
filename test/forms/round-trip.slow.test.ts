/** Random forms on the screen: what is typed is what would be handed over, and what is shown before it is sent. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import fc from 'fast-check';
import type { Browser } from 'playwright-core';
import { type Compilation, compileForm } from '../../lambdas/domain/forms/compile.ts';
import { withoutHelpers } from '../../lambdas/domain/forms/helpers.ts';
import { everyField } from '../../lambdas/domain/forms/tree.ts';
import { helpersIn, settle, stripHidden } from '../../lambdas/domain/forms/visible.ts';
import { bundlePreview } from '../../lib/local/preview/assets.ts';
import { startPreview } from '../../lib/local/preview/preview.ts';
import { buildSite } from '../../web/build/build.ts';
import { openBrowser } from '../portal/browser.ts';
import { filled } from './fill.ts';
import { forms } from './random.ts';
import { typeAnswers } from './typing.ts';

const root = join(import.meta.dirname, '..', '..');
const work = mkdtempSync(join(tmpdir(), 'round-trip-'));
const assets = join(work, 'preview');
let browser: Browser;

before(async () => {
  await Promise.all([buildSite(work), bundlePreview(root, assets)]);
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  rmSync(work, { recursive: true, force: true });
});

/** The same ones each time, so that a red run says something of the change at hand; `FORMS_SEED` draws others. */
const seed = Number(process.env.FORMS_SEED ?? 763_351);
const drawn = fc.sample(forms, { seed, numRuns: 4 });

for (const [index, parts] of drawn.entries())
  it(`form ${index + 1} of seed ${seed}`, async () => {
    const compilation: Compilation = compileForm({ id: 'random', ...parts });
    const { form } = compilation;
    assert.ok(form);
    const preview = await startPreview({
      folder: work,
      port: 0,
      site: join(work, 'site'),
      assets,
      compile: async () => compilation,
      changed: () => undefined,
    });
    const page = await browser.newPage({ locale: 'fi-FI' });
    const complaints: string[] = [];
    page.on('pageerror', error => complaints.push(String(error)));
    try {
      const answers = filled(form, { yes: index % 2 === 0 });
      const expected = stripHidden(form, answers);
      await page.goto(`${preview.origin}/fi/lomake/random/`);
      await typeAnswers(page, form, expected);
      await page.getByRole('heading', { name: 'Tarkista vastaukset' }).waitFor();
      const shown = (await page.locator('.answers').textContent()) ?? '';
      for (const { control, value } of everyField(settle(form, expected).tree))
        if (['text', 'textarea', 'decimal'].includes(control) && value !== undefined)
          assert.ok(shown.includes(String(value)), `${value} is not shown`);
      await page.getByRole('button', { name: 'Lähetä', exact: true }).click();
      const sent = page.locator('.preview__sent pre');
      await sent.waitFor();
      const told = withoutHelpers(expected, helpersIn(form, expected));
      assert.deepEqual(JSON.parse((await sent.textContent()) ?? '').answers, told);
      assert.deepEqual(complaints, []);
    } finally {
      await page.close();
      await preview.close();
    }
  });
