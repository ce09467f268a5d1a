import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { languages } from '../../../lambdas/domain/language.ts';
import { readOwnServices } from '../../../web/build/own-services.ts';
import { readPrivacyNotice } from '../../../web/build/privacy-notices.ts';
import { readSite } from '../../../web/build/site.ts';
import { privacyKeys } from '../../../web/page.ts';
import { pageUrl } from '../../../web/urls.ts';
import { type BuiltSite, builtSite } from './site.ts';

let site: BuiltSite;
before(async () => {
  site = await builtSite();
});
after(() => site?.remove());

const web = join(import.meta.dirname, '../../../web');
const mainOf = (path: string): string => /<main[\s\S]*<\/main>/.exec(site.pages.get(path) ?? '')?.[0] ?? '';
const legal = readSite().city.legal;

test('every service of ours has its privacy notice in every language, with all that GDPR’s articles 13 and 14 want', async () => {
  for (const { id } of await readOwnServices(web))
    for (const language of languages) {
      const html = mainOf(pageUrl(language, 'privacy', id));
      for (const section of [...privacyKeys, 'contact', 'outside', 'automated', 'rights', 'complain'])
        assert.match(
          html,
          new RegExp(`id="${section}"><h2>[^<]+</h2><(p|ul)>`),
          `${language} ${id} ${section}`,
        );
      for (const named of [
        legal.dataProtectionOfficer,
        legal.registry.email,
        legal.dataProtectionAuthority.email,
      ])
        assert.ok(html.includes(`mailto:${named}`), `${language} ${id} ${named}`);
      assert.doesNotMatch(html, /\{\w+\}/);
    }
});

test('it is reached from the service, from the page of all notices, and that one from every page', async () => {
  const own = await readOwnServices(web);
  for (const language of languages) {
    for (const { id } of own) {
      const notice = `href="${pageUrl(language, 'privacy', id)}"`;
      assert.ok(mainOf(pageUrl(language, 'services', id)).includes(notice), id);
      assert.ok(mainOf(pageUrl(language, 'privacy')).includes(notice), id);
    }
    for (const [path, html] of site.pages)
      if (path.startsWith(`/${language}/`))
        assert.ok(html.includes(`href="${pageUrl(language, 'privacy')}"`), path);
  }
});

test('the portal’s own notice names the controller, every right and the authority', () => {
  for (const language of languages) {
    const html = mainOf(pageUrl(language, 'privacy'));
    assert.ok(html.includes(legal.controller[language]));
    assert.ok(html.includes(legal.dataProtectionAuthority.website[language]));
    assert.equal(/id="rights">[\s\S]*?<\/section>/.exec(html)?.[0].match(/<li>/g)?.length, 6);
    assert.doesNotMatch(html, /\{\w+\}/);
  }
});

test('a notice that leaves a matter out, or says one nobody shows, is refused by name', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'notices-'));
  const place = join(folder, 'content/services/a/privacy');
  mkdirSync(place, { recursive: true });
  try {
    const all = Object.fromEntries(privacyKeys.map(key => [key, 'x']));
    const { basis: _, ...some } = all;
    for (const language of languages) writeFileSync(join(place, `${language}.json`), JSON.stringify(all));
    assert.deepEqual((await readPrivacyNotice(folder, 'a')).sv, all);
    writeFileSync(join(place, 'sv.json'), JSON.stringify({ ...some, rights: 'x' }));
    await assert.rejects(readPrivacyNotice(folder, 'a'), /sv\.json: missing or superfluous: basis, rights/);
    await assert.rejects(readPrivacyNotice(folder, 'b'), /missing or superfluous: controller/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the accessibility statement says what the act wants: status, gaps by criterion, 14 days, the authority', () => {
  const { name, website, email, phone, complaint } = legal.accessibilityAuthority;
  for (const language of languages) {
    const html = mainOf(pageUrl(language, 'accessibility'));
    for (const said of [
      '306/2019',
      'WCAG 2.4.4',
      '14',
      `mailto:${legal.accessibilityFeedback}`,
      name[language],
      `href="${website[language]}"`,
      `href="${complaint[language]}"`,
      `mailto:${email}`,
      phone,
      '2026',
    ])
      assert.ok(html.includes(said), `${language}: ${said}`);
    assert.doesNotMatch(html, /\{\w+\}/);
  }
});

/** Words in a sentence, one thing a sentence: what makes a text plain can be counted. */
const longest = 14;

test('the plain-language page is plain: short sentences, a line for each, and no subordinate clause within another', () => {
  for (const language of languages) {
    const html = mainOf(pageUrl(language, 'howItWorks'));
    const lines = [...html.matchAll(/<(p|li)>([\s\S]*?)<\/\1>/g)].flatMap(([, , text = '']) =>
      text.split(/<br\/?>/),
    );
    const sentences = lines
      .map(line => line.replace(/<[^>]+>/g, '').trim())
      .flatMap(line => line.split(/(?<=[.?!:])\s/));
    assert.ok(sentences.length > 60, language);
    for (const sentence of sentences) {
      assert.ok(sentence.split(/\s+/).length <= longest, `${language}: ${sentence}`);
      assert.ok((sentence.match(/,/g) ?? []).length <= 2, `${language}: ${sentence}`);
    }
  }
});
