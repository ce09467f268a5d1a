import { isLanguage, type Language, type Translated } from '../lambdas/domain/language.ts';

/**
 * Every page's path segment, in every language: the only place a URL of the site is written.
 * `shell` pages are one prerendered file whatever follows their segment (`/fi/lomake/koirailmoitus/`).
 */
export const pages = {
  home: { path: { fi: '', sv: '', en: '' } },
  services: { path: { fi: 'asiointipalvelut', sv: 'tjanster', en: 'services' } },
  signIn: { path: { fi: 'kirjaudu', sv: 'logga-in', en: 'sign-in' } },
  signedOut: { path: { fi: 'uloskirjauduttu', sv: 'utloggad', en: 'signed-out' } },
  identificationFailed: {
    path: {
      fi: 'tunnistautuminen-ei-onnistunut',
      sv: 'identifieringen-misslyckades',
      en: 'identification-failed',
    },
  },
  register: { path: { fi: 'rekisteroidy', sv: 'registrera', en: 'register' } },
  front: { path: { fi: 'oma', sv: 'min', en: 'my' } },
  folder: { path: { fi: 'asiointikansio', sv: 'arendemapp', en: 'folder' }, shell: true },
  actFor: { path: { fi: 'kenen-puolesta', sv: 'for-vem', en: 'act-for' } },
  details: { path: { fi: 'omat-tiedot', sv: 'mina-uppgifter', en: 'my-details' } },
  form: { path: { fi: 'lomake', sv: 'blankett', en: 'form' }, shell: true },
  howItWorks: {
    path: { fi: 'nain-asiointi-toimii', sv: 'sa-fungerar-tjansten', en: 'how-it-works' },
  },
  help: { path: { fi: 'ohjeet', sv: 'hjalp', en: 'help' } },
  security: { path: { fi: 'turvallisuus', sv: 'sakerhet', en: 'security' } },
  privacy: { path: { fi: 'tietosuoja', sv: 'dataskydd', en: 'privacy' } },
  accessibility: { path: { fi: 'saavutettavuus', sv: 'tillganglighet', en: 'accessibility' } },
  notFound: { path: { fi: 'sivua-ei-loytynyt', sv: 'sidan-hittades-inte', en: 'not-found' } },
} as const satisfies Record<string, { path: Translated; shell?: true }>;

export type PageName = keyof typeof pages;

/** `/fi/asiointikansio/` or, with what follows, `/fi/asiointikansio/HEL-2026-000123/`. */
export const pageUrl = (language: Language, page: PageName, ...rest: string[]): string =>
  `/${[language, pages[page].path[language], ...rest.map(encodeURIComponent)].filter(part => part !== '').join('/')}/`;

export interface Place {
  readonly language: Language;
  readonly page: PageName;
  readonly rest: readonly string[];
}

/** The page a path leads to, or undefined where there is none. */
export const placeOf = (path: string): Place | undefined => {
  const [language, segment = '', ...rest] = path.split('/').filter(part => part !== '');
  if (!isLanguage(language)) return undefined;
  const page = (Object.keys(pages) as PageName[]).find(name => pages[name].path[language] === segment);
  return page && { language, page, rest };
};

/** The same page in another language (R1.2: switching language keeps the page). */
export const inLanguage = (path: string, language: Language): string => {
  const place = placeOf(path);
  return place ? pageUrl(language, place.page, ...place.rest) : pageUrl(language, 'home');
};
