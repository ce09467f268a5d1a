import type { VNode } from 'preact';
import type { Language, Translated } from '../lambdas/domain/language.ts';
import type { Texts } from '../lambdas/domain/texts.ts';
import type { City } from './build/city.ts';
import { type PageName, pageUrl } from './urls.ts';

/** When the helpline answers, the city's time. */
export type Hours = City['helpline']['hours'];

/** What differs from city to city: read from `web/city/`, never written in a page. */
export interface Site {
  readonly city: Omit<City, 'helpline'>;
  readonly helpline: City['helpline'];
  /** Without a trailing slash. */
  readonly portalUrl: string;
}

/** Logical name of a built file (`styles.css`, `frame.js`, `home.js`) → where it is served (`/assets/frame-ABC123.js`). */
export type Assets = Readonly<Record<string, string>>;

/** What a *rekisteriseloste* says of one service in one language; the rest is the same for all (GDPR, articles 13 and 14). */
export const privacyKeys = [
  'controller',
  'purpose',
  'basis',
  'data',
  'source',
  'recipients',
  'retention',
] as const;
export type PrivacyNotice = Readonly<Record<(typeof privacyKeys)[number], string>>;

export interface PageContext {
  readonly language: Language;
  readonly page: PageName;
  /** What follows the page's own segment in its URL: a service's id. */
  readonly rest: readonly string[];
  readonly site: Site;
  readonly assets: Assets;
  /** The services whose forms are filled in here; empty on pages of the catalogue. */
  readonly ownServices: readonly {
    readonly id: string;
    readonly name: Translated;
    readonly privacy: Readonly<Record<Language, PrivacyNotice>>;
  }[];
  /** URL of a page in the language of this one. */
  readonly url: (page: PageName, ...rest: string[]) => string;
}

/** What `web/pages/<page>/page.tsx` exports; see the convention in `web/build/build.ts`. */
export interface PageModule<Context extends PageContext = PageContext> {
  readonly page: (context: Context) => VNode;
  readonly title: (context: Context) => string;
  readonly description?: (context: Context) => string;
  /** Texts the page's client script needs, its components' among them; it reads them with `pageTexts()`. */
  readonly clientTexts?: (language: Language, site: Site) => Texts;
  /** Segments of the pages below this one, rendered by the same module: a service's id, then in `rest`. */
  readonly subpages?: (context: Context) => readonly string[];
  /**
   * What the script of a signed-in page asks of the API beside the session before it can show anything, so that it is
   * asked while the script is on its way. `:id` is the segment after the page's own. Not asked where the address has a
   * query: then it names something else to begin with.
   */
  readonly asksFirst?: readonly string[];
  /** Kept out of search engines: every page that shows one's own matters. */
  readonly unlisted?: true;
}

export const pageContext = (
  place: Pick<PageContext, 'language' | 'page'> & { readonly rest?: readonly string[] },
  site: Site,
  assets: Assets,
  ownServices: PageContext['ownServices'] = [],
): PageContext => ({
  rest: [],
  ...place,
  site,
  assets,
  ownServices,
  url: (page, ...rest) => pageUrl(place.language, page, ...rest),
});
