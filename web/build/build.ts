/**
 * Builds the site: `dist/site/**` (what CloudFront serves) and `dist/content/**` (our own services and forms).
 *
 * A page is a folder `web/pages/<page>/`, its name the kebab-case of its name in `web/urls.ts`:
 *
 *   page.tsx       exports `page(context)`: what stands inside <main> (the whole page, or the shell a client script
 *                  fills), and `title(context)`; also `description(context)`, `clientTexts(language)`, `unlisted = true`
 *                  where they apply. Type: `PageModule` in `web/page.ts`. The frame around it is `components/frame`.
 *                  `subpages(context)` names pages below it (`/fi/tietosuoja/koirailmoitus/`), which it renders too.
 *   client.ts(x)   optional: loaded as a module script with a hashed name, the frame's in it; `.ts` on a public page,
 *                  `.tsx` on a signed-in one. Its texts come from
 *                  `pageTexts<Key>()` of `web/components/frame/page-texts.ts`: those `clientTexts` gave.
 *   fi.json, sv.json, en.json   flat texts, imported by page.tsx (`import fi from './fi.json' with { type: 'json' }`).
 *                  A component has its texts in its own folder in the same three files; keys and placeholders must agree.
 *
 * Whose site it is says the city's folder (`web/city/`): names, colours, mark and words of its own.
 *
 * No HTML may carry a script, a style or a handler of its own: the build refuses it.
 */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CatalogueProps } from '../../lambdas/catalogue/render.ts';
import { type SearchFiles, searchFiles, searchUrls } from '../../lambdas/catalogue/search-files.ts';
import { robots, sitemap, sitemaps } from '../../lambdas/catalogue/sitemap.ts';
import { namesOf, type Service } from '../../lambdas/domain/catalogue/service.ts';
import { languages } from '../../lambdas/domain/language.ts';
import { type PageContext, pageContext } from '../page.ts';
import { type PageName, pages, pageUrl } from '../urls.ts';
import { cityFolder } from './city.ts';
import { cityTextProblems } from './city-texts.ts';
import { bundleClient } from './client.ts';
import { inlineCode } from './inline-code.ts';
import { compileOwnForms, formObjects } from './own-forms.ts';
import { readOwnServices } from './own-services.ts';
import { loadPages, type Pages } from './pages.ts';
import { readPrivacyNotice } from './privacy-notices.ts';
import { readSite } from './site.ts';
import { textProblems } from './text-problems.ts';

const root = join(import.meta.dirname, '..', '..');

const write = async (file: string, content: string): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
};

const refuseProblems = (what: string, problems: readonly string[]): void => {
  if (problems.length > 0) throw new Error(`${what}:\n  ${problems.join('\n  ')}`);
};

type OwnServices = PageContext['ownServices'];

const summaryOf = async (web: string, service: Service): Promise<OwnServices[number]> => ({
  id: service.id,
  name: namesOf(service),
  privacy: await readPrivacyNotice(web, service.id),
});

/** Every page of `web/urls.ts` that has a folder, and those below it, in every language: path in the site → HTML. */
const renderPages = (
  { modules, renderDocument }: Pages,
  { site, assets }: CatalogueProps,
  ownServices: OwnServices,
): [string, string][] =>
  (Object.keys(pages) as PageName[]).flatMap(page => {
    const module = modules[page];
    if (module === undefined) return [];
    return languages.flatMap(language => {
      const render = (...rest: string[]): [string, string] => [
        `${pageUrl(language, page, ...rest)}index.html`,
        renderDocument(module, pageContext({ language, page, rest }, site, assets, ownServices)),
      ];
      const below = module.subpages?.(pageContext({ language, page }, site, assets, ownServices)) ?? [];
      return [render(), ...below.map(segment => render(segment))];
    });
  });

/** Stands where the catalogue will be until one is published. */
const renderOwnCatalogue = ({ renderCatalogue }: Pages, props: CatalogueProps): [string, string][] =>
  [...renderCatalogue(props)].map(({ path, html }) => [`/${path}`, html]);

/** Replaces the folder in one step, so that who serves it never meets half a site. */
const replaceFolder = async (built: string, target: string): Promise<void> => {
  const old = `${built}.old`;
  await rename(target, old).catch(() => undefined);
  await rename(built, target);
  await rm(old, { recursive: true, force: true });
};

/** The address search engines may know a page by; none where the page is not for them. */
const canonicalOf = (html: string): string[] => {
  const address = /<link rel="canonical" href="([^"]+)"/.exec(html)?.[1];
  return address === undefined ? [] : [address];
};

/** Everything of `dist/site` but the assets, which the bundler wrote: path → text. */
const siteFiles = (
  rendering: Pages,
  props: CatalogueProps,
  ownServices: OwnServices,
  search: SearchFiles,
): [string, string][] => {
  const pages = renderPages(rendering, props, ownServices);
  const html = [...pages, ...renderOwnCatalogue(rendering, props)];
  refuseProblems(
    'inline code',
    html.flatMap(([path, text]) => inlineCode(text).map(found => `${path}: ${found}`)),
  );
  return [
    ...html,
    ...Object.values(search).map(({ path, text }): [string, string] => [path, text]),
    ['assets/manifest.json', JSON.stringify(props.assets, null, 1)],
    ['assets/site.json', JSON.stringify(props.site, null, 1)],
    ['robots.txt', robots(props.site.portalUrl)],
    [sitemaps.pages, sitemap(pages.flatMap(([, text]) => canonicalOf(text)))],
  ];
};

const writeAll = (
  folder: string,
  files: readonly (readonly [path: string, text: string])[],
): Promise<unknown> => Promise.all(files.map(([path, text]) => write(join(folder, path), text)));

/**
 * Builds one city's site. Throws with every text, form or inline script that is wrong, `CityError` where the city's
 * folder is; leaves the last good site then.
 */
export const buildSite = async (
  dist: string = join(root, 'dist'),
  city: string = cityFolder(),
): Promise<void> => {
  const web = join(root, 'web');
  const work = join(dist, `.site-${process.pid}`);
  refuseProblems('texts', [...(await textProblems(web)), ...cityTextProblems(root, city)]);
  try {
    const [assets, rendering, services, forms] = await Promise.all([
      bundleClient({ root, folder: join(work, 'assets'), city }),
      loadPages(root, join(dist, `.pages-${process.pid}`), city),
      readOwnServices(web),
      compileOwnForms(web),
    ]);
    const search = searchFiles(services);
    const props = { services, site: readSite(city), assets, searchIndex: searchUrls(search) };
    const ownServices = await Promise.all(services.map(service => summaryOf(web, service)));
    await writeAll(work, siteFiles(rendering, props, ownServices, search));
    await replaceFolder(work, join(dist, 'site'));
    const objects = forms.flatMap(formObjects).map(([key, form]) => [key, JSON.stringify(form)] as const);
    await writeAll(join(dist, 'content'), [['services.json', JSON.stringify(services)], ...objects]);
    await write(join(dist, 'assets.json'), JSON.stringify(assets, null, 1));
  } finally {
    // Where one part has failed another may still be writing: what failed is to be told, not that.
    await rm(work, { recursive: true, force: true, maxRetries: 10 });
  }
};
