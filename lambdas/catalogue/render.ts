import { renderDocument } from '../../web/components/frame/document.tsx';
import { type Assets, type PageContext, pageContext, type Site } from '../../web/page.ts';
import { drawn } from '../../web/pages/form/drawn.tsx';
import * as formPage from '../../web/pages/form/page.tsx';
import * as servicePage from '../../web/pages/service/page.tsx';
import * as servicesPage from '../../web/pages/services/page.tsx';
import { pageUrl } from '../../web/urls.ts';
import type { Service } from '../domain/catalogue/service.ts';
import { languages, type Translated } from '../domain/language.ts';
import type { FormInUse } from '../forms/form.ts';

export interface RenderedPage {
  /** In the site, without a leading slash: `fi/asiointipalvelut/tpr-5242/index.html`. */
  readonly path: string;
  readonly html: string;
}

export interface CatalogueProps {
  readonly services: readonly Service[];
  readonly site: Site;
  readonly assets: Assets;
  /** Where the list's search finds its index. */
  readonly searchIndex: Translated;
}

type Built = Pick<CatalogueProps, 'site' | 'assets'>;

const contextOf = (language: PageContext['language'], { site, assets }: Built, ...rest: string[]) =>
  pageContext({ language, page: 'services', rest }, site, assets);

const pathOf = ({ language, page, rest }: PageContext): string =>
  `${pageUrl(language, page, ...rest).slice(1)}index.html`;

/** The list and a page for every service, in three languages; one at a time, for there are a thousand and a half. */
export function* renderCatalogue(props: CatalogueProps): Generator<RenderedPage> {
  for (const language of languages) {
    const context = contextOf(language, props);
    yield {
      path: pathOf(context),
      html: renderDocument(servicesPage, {
        ...context,
        services: props.services,
        searchIndex: props.searchIndex[language],
      }),
    };
    for (const service of props.services) {
      const own = contextOf(language, props, service.id);
      yield { path: pathOf(own), html: renderDocument(servicePage, { ...own, service }) };
    }
  }
}

/**
 * A page for every form, in three languages, its first questions in the HTML: on a slow phone they are there before the
 * script is.
 */
export function* renderForms(forms: Iterable<FormInUse>, { site, assets }: Built): Generator<RenderedPage> {
  for (const form of forms)
    for (const language of languages) {
      const context = pageContext({ language, page: 'form', rest: [form.id] }, site, assets);
      yield {
        path: pathOf(context),
        html: drawn(form, language, first => renderDocument(formPage, { ...context, first })),
      };
    }
}
