/** The portal as another city's: its folder alone makes it so. */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import { languages } from '../../../lambdas/domain/language.ts';
import { digestTexts } from '../../../lambdas/notifications/digest.ts';
import { mailbox } from '../../../lambdas/notifications/mailbox.ts';
import { buildSite } from '../../../web/build/build.ts';
import { CityError, parseCity, readCity } from '../../../web/build/city.ts';
import { cityTextProblems, cityTexts } from '../../../web/build/city-texts.ts';
import { inLanguage, pageUrl } from '../../../web/urls.ts';
import { type BuiltSite, readBuilt } from './site.ts';

const root = join(import.meta.dirname, '../../..');
const ours = join(root, 'web/city');
/** Whatever tells that a page was made for Helsinki. The name of the time zone is everybody's. */
const trace = /(?<!Europe\/)helsin|hel-\d|hel\.fi|hel\.ninja|310 ?88800|maisa/gi;
const traces = (text: string): string[] =>
  [...text.matchAll(trace)].map(({ index }) => text.slice(Math.max(0, index - 30), index + 30));

/** Helsinki's folder with another city's facts in every place: what a page then says of Helsinki, it says by itself. */
const translated = { fi: 'Saarelan kunta', sv: 'Öståker kommun', en: 'Isleby' };
const otherFacts = (value: unknown, key = ''): unknown => {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return otherFact(value, key);
  const entries = Object.entries(value);
  if (entries.every(([language, text]) => language in translated && !String(text).startsWith('https')))
    return translated;
  return Object.fromEntries(entries.map(([name, inner]) => [name, otherFacts(inner, name)]));
};
const otherFact = (value: unknown, key: string): unknown => {
  if (typeof value !== 'string' || ['timeZone', 'opens', 'closes'].includes(key)) return value;
  if (value.startsWith('https')) return 'https://saarela.example/';
  if (value.includes('@')) return 'neuvonta@saarela.example';
  return { casePrefix: 'SAA', smsSenderId: 'Saarela' }[key] ?? '018 000 111';
};

const words = {
  fi: {
    'web/pages/home': { title: 'Saarelan asiat hoituvat täällä' },
    'lambdas/notifications': { greeting: 'Terve!' },
  },
  sv: {
    'web/pages/home': { title: 'Här sköts ärenden i Öståker' },
    'lambdas/notifications': { greeting: 'Tjena!' },
  },
  en: { 'web/pages/home': { title: 'Isleby at your service' }, 'lambdas/notifications': { greeting: 'Hi!' } },
};

let folder: string;
let city: string;
let site: BuiltSite;
const writeWords = (language: string, text: object): void =>
  writeFileSync(join(city, 'texts', `${language}.json`), JSON.stringify(text));

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'city-'));
  city = join(folder, 'city');
  cpSync(ours, city, { recursive: true });
  mkdirSync(join(city, 'texts'), { recursive: true });
  const facts = otherFacts(JSON.parse(readFileSync(join(ours, 'city.json'), 'utf8')));
  writeFileSync(join(city, 'city.json'), JSON.stringify(facts));
  const theme = readFileSync(join(ours, 'theme.css'), 'utf8');
  writeFileSync(
    join(city, 'theme.css'),
    theme.replace('--brand: #0000bf', '--brand: #7a1f3d').replace('HelsinkiGrotesk, ', ''),
  );
  writeFileSync(
    join(city, 'logo.svg'),
    '<svg xmlns="http://www.w3.org/2000/svg"><title>Saarela</title></svg>',
  );
  for (const language of languages) writeWords(language, words[language]);
  await buildSite(join(folder, 'dist'), city);
  site = readBuilt(join(folder, 'dist'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** What our own services say of themselves is content, not the portal's. */
const ownWords = (path: string, html: string): string =>
  /^\/..\/(asiointipalvelut|tjanster|services)\//.test(path)
    ? html.replace(/<main[\s\S]*<\/main>/, '').replace(/<(title|meta)[^>]*>[^<]*/g, '')
    : html;

test('no page, script or style of another city knows of Helsinki', () => {
  for (const [path, html] of site.pages) assert.deepEqual(traces(ownWords(path, html)), [], path);
  for (const [name, path] of Object.entries(site.assets)) assert.deepEqual(traces(site.read(path)), [], name);
  assert.deepEqual(traces(site.read('assets/site.json')), []);
});

test('name, helpline, colour, mark and words are its own', () => {
  for (const language of languages) {
    const html = site.pages.get(pageUrl(language, 'home')) ?? '';
    assert.match(html, new RegExp(`<title>[^<]*${translated[language]}</title>`));
    assert.ok(html.includes('tel:+35818000111') && html.includes('mailto:neuvonta@saarela.example'));
    assert.ok(html.includes(`<h1>${words[language]['web/pages/home'].title}</h1>`), language);
  }
  const css = site.read(site.assets['styles.css'] ?? '');
  assert.match(css, /--brand: ?#7a1f3d/);
  assert.doesNotMatch(css, /--brand: ?#0000bf/);
  assert.match(site.read(site.assets['logo.svg'] ?? ''), /Saarela/);
  assert.ok(site.pages.get(inLanguage('/fi/asiointikansio/', 'sv'))?.includes('SAA-2026-000123'));
});

test('its mails come from it and name its helpline', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { texts } from './lambdas/notifications/texts.ts'`,
      resolveDir: root,
      loader: 'ts',
    },
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: 'esm',
    plugins: [cityTexts(root, city)],
  });
  for (const language of languages) {
    const { email, sms } = digestTexts(language, readCity(city), 'https://asiointi.saarela.example');
    for (const text of [
      mailbox(email.sender, 'a@saarela.example'),
      email.subject,
      email.text,
      email.html,
      sms,
    ])
      assert.deepEqual(traces(text), []);
    assert.ok(email.subject.startsWith(translated[language]) && email.text.includes('018\u00a0000\u00a0111'));
    assert.ok(outputFiles[0]?.text.includes(words[language]['lambdas/notifications'].greeting));
  }
});

test('a text that is missing in a language, replaces nothing or takes other values fails the build', async () => {
  writeWords('sv', {
    'web/pages/home': { title: 'Titel', safeText: 'Utan staden' },
    'web/pages/hom': { title: 'x' },
  });
  assert.deepEqual(cityTextProblems(root, city), [
    'texts: lambdas/notifications greeting: not in sv',
    'texts: web/pages/hom title: replaces no text of the portal',
    'texts: web/pages/home safeText: not in fi, en',
  ]);
  await assert.rejects(buildSite(join(folder, 'dist'), city), /texts:[\s\S]*not in sv/);
  for (const language of languages) writeWords(language, { 'web/pages/home': { safeText: 'Utan staden' } });
  assert.deepEqual(cityTextProblems(root, city), [
    'texts: web/pages/home safeText: placeholders differ from what they replace',
  ]);
});

test('what is wrong in city.json is one plain line; Helsinki has nothing wrong', () => {
  const facts = readCity();
  const wrong: [unknown, RegExp][] = [
    [{ ...facts, name: { fi: 'X', sv: 'X' } }, /^city\.json: name\.en: /],
    [{ ...facts, smsSenderId: 'Much too long a name' }, /^city\.json: smsSenderId: must be 3 to 11/],
    [
      { ...facts, helpline: { ...facts.helpline, hours: { ...facts.helpline.hours, opens: '8' } } },
      /time of day/,
    ],
    [{ ...facts, links: { ...facts.links, website: 'http://x.fi' } }, /^city\.json: links\.website/],
  ];
  for (const [value, message] of wrong)
    assert.throws(
      () => parseCity(value),
      error => error instanceof CityError && message.test(error.message) && !error.message.includes('\n'),
    );
  assert.deepEqual(cityTextProblems(root, ours), []);
});
