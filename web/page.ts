import type { VNode } from 'preact';
import type { Language, Translated } from '../lambdas/domain/language.ts';
import type { Texts } from '../lambdas/domain/texts.ts';
import { type PageName, pageUrl } from './urls.ts';

/** When the helpline answers, the city's time: ISO weekdays (1 is Monday), `opens` and `closes` as `08:00`. */
export interface Hours {
  readonly weekdays: readonly number[];
  readonly opens: string;
  readonly closes: string;
}

/** What differs from city to city: read from the stage's context in `cdk.json`, never written in a page. */
export interface Site {
  readonly city: { readonly name: Translated; readonly timeZone: string };
  readonly helpline: {
    readonly name: Translated;
    /** As people read it: `(09) 310 88800`. */
    readonly phone: string;
    /** A way that needs no hearing (R1.5). */
    readonly email: string;
    readonly textMessage?: string | undefined;
    readonly hours: Hours;
  };
  /** Without a trailing slash. */
  readonly portalUrl: string;
}

/** Logical name of a built file (`styles.css`, `frame.js`, `home.js`) → where it is served (`/assets/frame-ABC123.js`). */
export type Assets = Readonly<Record<string, string>>;

export interface PageContext {
  readonly language: Language;
  readonly page: PageName;
  /** What follows the page's own segment in its URL: a service's id. */
  readonly rest: readonly string[];
  readonly site: Site;
  readonly assets: Assets;
  /** The services whose forms are filled in here; empty on pages of the catalogue. */
  readonly ownServices: readonly { readonly id: string; readonly name: Translated }[];
  /** URL of a page in the language of this one. */
  readonly url: (page: PageName, ...rest: string[]) => string;
}

/** What `web/pages/<page>/page.tsx` exports; see the convention in `web/build/build.ts`. */
export interface PageModule<Context extends PageContext = PageContext> {
  readonly page: (context: Context) => VNode;
  readonly title: (context: Context) => string;
  readonly description?: (context: Context) => string;
  /** Texts the page's client script needs, its components' among them; it reads them with `pageTexts()`. */
  readonly clientTexts?: (language: Language) => Texts;
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
