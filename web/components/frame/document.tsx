import { renderToString } from 'preact-render-to-string';
import { type Language, languages, type Translated } from '../../../lambdas/domain/language.ts';
import { fill, type Texts, translator } from '../../../lambdas/domain/texts.ts';
import type { PageContext, PageModule } from '../../page.ts';
import { pageUrl } from '../../urls.ts';
import { Footer } from './footer.tsx';
import { frameTexts } from './frame-texts.ts';
import { Header } from './header.tsx';

declare module 'preact' {
  interface ScriptHTMLAttributes<T> {
    /** HTML, section 2.5.8: nothing is painted before the script has run. */
    blocking?: 'render' | undefined;
  }
}

/** `identificationFailed` → `identification-failed`: the name of its folder and script. */
const kebabCase = (name: string): string => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);

type Place = Pick<PageContext, 'assets' | 'page' | 'rest'>;

/**
 * A page's script has the frame's in it. A service's own page is a page under the list's and needs no script of the
 * list. Signed-in pages have styles of their own.
 */
const filesOf = ({ assets, page, rest }: Place) => {
  const app = assets[`${kebabCase(page)}.app.js`];
  const own = rest.length === 0 ? assets[`${kebabCase(page)}.js`] : undefined;
  return {
    script: app ?? own ?? assets['frame.js'],
    styles: app ? assets['styles.css'] : assets['public.css'],
    isApp: app !== undefined,
  };
};

/**
 * The first script sets the text size before anything is painted (R1.3): browsers that know `blocking` wait for it with
 * the paint alone, and read the page meanwhile; for the others `first.css` hides what it has not seen. A signed-in page
 * has nothing to read meanwhile, and lets the first script ask early. It stands before the styles in either case: behind
 * them it would wait for them.
 */
const Files = ({ asksFirst, ...place }: Place & { asksFirst: readonly string[] | undefined }) => {
  const { script, styles, isApp } = filesOf(place);
  return (
    <>
      <script
        src={place.assets['first.js']}
        async={!isApp}
        blocking={isApp ? undefined : 'render'}
        data-asks={asksFirst?.join(' ')}
      />
      <link rel="stylesheet" href={styles} />
      <script type="module" src={script} />
      {/* As the page's script will ask, so that the answer is there by then. */}
      {isApp && <link rel="preload" as="fetch" href="/api/session" crossorigin="anonymous" />}
    </>
  );
};

const alternates = (context: PageContext): Translated =>
  Object.fromEntries(
    languages.map(language => [language, pageUrl(language, context.page, ...context.rest)]),
  ) as Record<Language, string>;

/** For search engines: this page's one address, and where it stands in the other languages. */
const Addresses = ({ paths, context: { language, site } }: { paths: Translated; context: PageContext }) => (
  <>
    <link rel="canonical" href={site.portalUrl + paths[language]} />
    {languages.map(other => (
      <link key={other} rel="alternate" hreflang={other} href={site.portalUrl + paths[other]} />
    ))}
    <link rel="alternate" hreflang="x-default" href={site.portalUrl + paths.fi} />
  </>
);

/** Scripts know nothing of the city: what their texts say of it is filled in here. */
const withCity = (texts: Texts, { language, site }: PageContext): Texts =>
  Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [
      key,
      fill(text, language, { casePrefix: site.city.casePrefix }),
    ]),
  );

/** The whole page as HTML: frame, what the module shows, and its scripts as files. */
export const renderDocument = <Context extends PageContext>(
  module: PageModule<Context>,
  context: Context,
): string => {
  const { language, assets, site } = context;
  const t = translator(frameTexts[language], language);
  const paths = alternates(context);
  const texts = module.clientTexts && withCity(module.clientTexts(language, site), context);
  const description = module.description?.(context);
  return `<!doctype html>${renderToString(
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <title>{`${module.title(context)} – ${t('portal')} – ${site.city.name[language]}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {description && <meta name="description" content={description} />}
        {module.unlisted && <meta name="robots" content="noindex" />}
        <Files assets={assets} page={context.page} rest={context.rest} asksFirst={module.asksFirst} />
        <link rel="icon" href={assets['logo.svg']} type="image/svg+xml" />
        {!module.unlisted && <Addresses paths={paths} context={context} />}
      </head>
      <body>
        <a class="skip-link" href="#content">
          {t('skip')}
        </a>
        <Header context={context} paths={paths} t={t} />
        <noscript>
          <p class="no-script">{t('noScript')}</p>
        </noscript>
        <main id="content" tabindex={-1} data-texts={texts && JSON.stringify(texts)}>
          {module.page(context)}
        </main>
        <Footer context={context} t={t} />
      </body>
    </html>,
  )}`;
};
