import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { CompiledForm } from '../../lambdas/domain/forms/types.ts';
import { compileOwnForms, formObjects } from '../../web/build/own-forms.ts';
import { readSite } from '../../web/build/site.ts';
import { everyControl } from '../forms/every-control.ts';
import { loadPublisher, memoryObjects } from './publisher.ts';

const now = Date.UTC(2026, 10, 23);
const built = { site: { ...readSite(), portalUrl: 'http://localhost:3000' }, assets: {} };

let publisher: Awaited<ReturnType<typeof loadPublisher>>;
let own: readonly CompiledForm[];
before(async () => {
  publisher = await loadPublisher();
  own = await compileOwnForms(join(import.meta.dirname, '../../web'));
});

const pagesOf = async (...forms: readonly CompiledForm[]): Promise<ReadonlyMap<string, string>> => {
  const content = memoryObjects(
    Object.fromEntries(forms.flatMap(formObjects).map(([key, object]) => [key, JSON.stringify(object)])),
  );
  const pages = publisher.renderForms(await publisher.formsInUse(content, now), built);
  return new Map([...pages].map(({ path, html }) => [path, html]));
};

const form = (id: string): CompiledForm =>
  own.find(one => one.id === id) ?? assert.fail(`there is no form ${id}`);

const isDrawn = (html: string | undefined): boolean => html?.includes('class="drawn"') ?? false;

test('a form’s first questions are in its page, in its language, with nothing that could be sent before the script is there', async () => {
  const pages = await pagesOf(form('koirailmoitus'));
  assert.deepEqual(
    [...pages.keys()].sort(),
    ['en/form', 'fi/lomake', 'sv/blankett'].map(place => `${place}/koirailmoitus/index.html`),
  );
  const finnish = pages.get('fi/lomake/koirailmoitus/index.html') ?? '';
  for (const shown of ['<h1>Koirailmoitus</h1>', 'Ilmoituksen syy', 'Vaihe 1/4', 'type="radio"', 'Seuraava'])
    assert.ok(finnish.includes(shown), shown);
  assert.ok(isDrawn(pages.get('sv/blankett/koirailmoitus/index.html')));
  assert.doesNotMatch(pages.get('en/form/koirailmoitus/index.html') ?? '', /Ilmoituksen syy|Seuraava/);
  const elements = finnish.match(/<form[^>]*>/g) ?? [];
  assert.ok(elements.some(element => element.includes('class="form"')));
  for (const element of elements)
    if (element.includes('class="form"')) assert.match(element, /method="dialog"/);
});

test('where something else comes first, nothing is drawn that would only flash', async () => {
  const dogs = form('koirailmoitus');
  const settings: readonly [why: string, settings: Partial<CompiledForm['settings']>][] = [
    ['not open yet', { opensAt: now + 1 }],
    ['closed', { closesAt: now }],
    ['consent first', { requiresConsent: 'suostumus' }],
    ['places are counted', { course: { places: 1, waitingList: 0 } }],
  ];
  for (const [why, more] of settings) {
    const pages = await pagesOf({ ...dogs, settings: { ...dogs.settings, ...more } });
    assert.equal(pages.size, 3, why);
    for (const html of pages.values()) assert.equal(isDrawn(html), false, why);
  }
  const open = await pagesOf({ ...dogs, settings: { ...dogs.settings, closesAt: now + 1, opensAt: now } });
  for (const html of open.values()) assert.ok(isDrawn(html));
});

test('every form of our own can be drawn, and all are listed from the bucket', async () => {
  const pages = await pagesOf(...own);
  assert.equal(pages.size, own.length * 3);
  assert.ok([...pages.values()].filter(isDrawn).length > 0);
});

test('whatever a form asks is in its page at once: no field waits for a script of its own', async () => {
  for (const [path, html] of await pagesOf(everyControl())) {
    assert.ok(isDrawn(html), path);
    for (const control of ['type="file"', 'form-item', 'form-sum', '<select', '<textarea'])
      assert.ok(html.includes(control), `${path}: ${control}`);
    assert.doesNotMatch(/class="form-page".*<\/form>/s.exec(html)?.[0] ?? 'spinner', /spinner/, path);
  }
});
