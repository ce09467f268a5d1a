/** A service's page as the publisher renders it, with the city's real register: what is said, and in which language it says so. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { groups, lifeEvents } from '../../lambdas/domain/catalogue/city.ts';
import type { Service } from '../../lambdas/domain/catalogue/service.ts';
import { languages } from '../../lambdas/domain/language.ts';
import { readSite } from '../../web/build/site.ts';
import { loadPublisher } from './publisher.ts';
import { realRegisterAbsent, realServices } from './real-register.ts';

const assets = { 'styles.css': '/assets/styles-1.css', 'frame.js': '/assets/frame-1.js' };
const searchIndex = { fi: '/fi.json', sv: '/sv.json', en: '/en.json' };

let services: Service[] = [];
const pages = new Map<string, string>();
before(async () => {
  if (realRegisterAbsent) return;
  services = await realServices();
  const { renderCatalogue } = await loadPublisher();
  for (const { path, html } of renderCatalogue({ services, site: readSite(), assets, searchIndex }))
    pages.set(path, /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '');
});

const folder = { fi: 'asiointipalvelut', sv: 'tjanster', en: 'services' } as const;
const pageOf = (language: keyof typeof folder, id: string): string =>
  pages.get(`${language}/${folder[language]}/${id}/index.html`) ?? '';

/** The parts of a page that say they are in a language, without what stands outside of them. */
const partsIn = (html: string, language: string): string =>
  [...html.matchAll(new RegExp(`<(\\w+)[^>]* lang="${language}"[^>]*>(.*?)</\\1>`, 'gs'))]
    .map(([, , text]) => text)
    .join('\n');

test('a service without a language says so, its texts in the language they are in, our words around them in the page’s', {
  skip: realRegisterAbsent,
}, () => {
  const html = pageOf('en', 'tpr-2062');
  assert.match(html, /<h1 lang="fi">Tapahtumahakemus toreille<\/h1>/);
  assert.match(html, /This service is not described in English/);
  const finnish = partsIn(html, 'fi');
  assert.match(finnish, /Tulostettava lomake/);
  for (const ours of ['Other ways to take care of this', 'Forms to print', 'Feedback', 'Privacy'])
    assert.ok(html.includes(ours) && !finnish.includes(ours), ours);
});

test('where some of it is missing in a language, that part comes from another, and says so', {
  skip: realRegisterAbsent,
}, () => {
  const html = pageOf('sv', 'tpr-4848');
  assert.match(html, /<h1>[^<]+<\/h1>/);
  assert.match(html, /bara på ett annat språk/);
  assert.ok(partsIn(html, 'fi').length > 100);
  const english = pageOf('en', 'tpr-4816');
  assert.match(english, /<div lang="fi"><ul class="list-plain links">/);
});

test('no service that can be taken care of on the web lacks the way in, in any language', {
  skip: realRegisterAbsent,
}, () => {
  const electronic = services.filter(service => service.electronic);
  assert.ok(electronic.length > 100);
  for (const { id } of electronic)
    for (const language of languages)
      assert.match(pageOf(language, id), /class="go-to"/, `${language} ${id}`);
});

test('a page tells all that is known: for whom, the department, the folder, identification, feedback, other ways', {
  skip: realRegisterAbsent,
}, () => {
  const html = pageOf('fi', 'tpr-4512');
  for (const said of [
    'Kenelle palvelu on tarkoitettu',
    'Käsittelyaika',
    'Voimassaoloaika',
    'Maksut',
    'Näin asia etenee',
    'Lapset ja lapsiperheet',
    'Kasvatuksen ja koulutuksen toimiala',
    'Palvelu vaatii tunnistautumisen.',
    'Tiedot tallentuvat asiointikansioosi.',
    'href="https://palautteet.hel.fi/fi"',
    'Rekisteriseloste',
  ])
    assert.ok(html.includes(said), said);
  const ways = pageOf('fi', 'tpr-5581');
  for (const said of ['Vaihtoehtoiset asiointitavat', 'tel:+358931025300', '(PDF)', 'Taloushallintopalvelu'])
    assert.ok(ways.includes(said), said);
  for (const { id, applicants } of services.filter(service => service.applicants !== undefined))
    for (const [who, said] of Object.entries({
      person: 'Henkilöasiakas',
      organisation: 'Yritys- tai yhteisöasiakas',
    }))
      assert.equal(
        pageOf('fi', id).includes(said),
        applicants?.some(one => one === who),
        `${id} ${who}`,
      );
  const named = services.filter(({ departments }) => departments.length > 0);
  for (const { id } of named) assert.match(pageOf('fi', id), /<h2>Palvelusta vastaa<\/h2>/, id);
});

const vocabularies = join(import.meta.dirname, '../../../shared/data/catalogue');
const labelsOf = (file: string): string[] =>
  (JSON.parse(readFileSync(join(vocabularies, file), 'utf8')) as { Label: Record<string, string> }[]).map(
    ({ Label }) => `${Label.Fi}|${Label.Sv}`,
  );

test('life events and target groups are in the words of the national vocabularies', {
  skip: existsSync(vocabularies) || process.env.CI ? false : 'the vocabularies are not here',
}, () => {
  const known = new Set([...labelsOf('LifeEvents.json'), ...labelsOf('TargetGroups.json')]);
  for (const [code, { fi, sv }] of Object.entries(lifeEvents)) assert.ok(known.has(`${fi}|${sv}`), code);
  // The vocabulary has no such group, or a word that is no longer used of people.
  const ours = ['INDIVIDUALS', 'IMMIGRANTS', 'ENTERPRISES', 'DISABLED'];
  for (const [code, { fi, sv }] of Object.entries(groups))
    assert.equal(known.has(`${fi}|${sv}`), !ours.includes(code), code);
});

test('every group and life event of the register has its words', { skip: realRegisterAbsent }, () => {
  for (const service of services) {
    for (const code of service.groups) assert.ok(groups[code], `${service.id} ${code}`);
    for (const code of service.lifeEvents) assert.ok(lifeEvents[code], `${service.id} ${code}`);
  }
});
