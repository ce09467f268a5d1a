import type { Language } from '../../../../lambdas/domain/language.ts';

export interface Organisation {
  readonly businessId: string;
  readonly name: string;
  /** As e-Authorizations names them. */
  readonly roles: readonly string[];
}

export interface Person {
  /** The subject of the tokens, a UUID as Keycloak's: random, says nothing. */
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  /** Artificial (individual number 900–999); an eIDAS user brings none. */
  readonly identityCode?: string;
  readonly language: Language;
  /** Those the person may act for, as the register of mandates has it at first (`engines/mandates.ts`). */
  readonly organisations: readonly Organisation[];
}

export const fullName = ({ givenName, familyName }: Person): string => `${givenName} ${familyName}`;

/** Nobody of these lives; the business IDs are made up too. */
export const people: readonly Person[] = [
  {
    id: '705e3831-2331-4265-babf-7430e9e4817a',
    givenName: 'Aino',
    familyName: 'Mallikas',
    identityCode: '120385-913J',
    language: 'fi',
    organisations: [],
  },
  {
    id: 'e3cc5d2d-7ba7-4c8f-8c44-dd048e5a9cc0',
    givenName: 'Väinö',
    familyName: 'Esimerkki',
    identityCode: '041147-928H',
    language: 'fi',
    organisations: [],
  },
  {
    id: '38107c57-6161-490b-bccf-00a0f57fbd8c',
    givenName: 'Linnea',
    familyName: 'Provström',
    identityCode: '230691-942J',
    language: 'sv',
    organisations: [],
  },
  {
    id: 'bb361275-93cf-4601-947f-919e724dd9d9',
    givenName: 'Mikko',
    familyName: 'Koeajo',
    identityCode: '150778-957A',
    language: 'fi',
    organisations: [
      { businessId: '0990001-3', name: 'Suunnistusseura Testirasti ry', roles: ['NIMKO'] },
      { businessId: '0990012-8', name: 'Koeajo Oy', roles: ['TJ', 'PJ'] },
    ],
  },
  {
    id: 'fa70c5c8-e972-470b-a055-b9fc61d11cfd',
    givenName: 'Sara',
    familyName: 'Demonen',
    identityCode: '280204A964T',
    language: 'fi',
    organisations: [{ businessId: '0990027-5', name: 'Leikkipuiston Ystävät ry', roles: ['PJ'] }],
  },
  {
    id: '3335c29b-b946-45d8-b573-dda5e0e91a95',
    givenName: 'Kalle',
    familyName: 'Kollega',
    identityCode: '170682-9719',
    language: 'fi',
    organisations: [
      { businessId: '0990012-8', name: 'Koeajo Oy', roles: ['PROK'] },
      { businessId: '0990027-5', name: 'Leikkipuiston Ystävät ry', roles: ['HALL'] },
    ],
  },
  {
    id: 'ccb5fdd1-fd60-4cef-bee3-dfcd0e567a4d',
    givenName: 'Klara',
    familyName: 'Muster',
    language: 'en',
    organisations: [],
  },
];

export const personOf = (id: string | undefined): Person | undefined =>
  people.find(person => person.id === id);

export const methods = ['bank', 'mobile', 'card'] as const;
export type Method = (typeof methods)[number];
export const isMethod = (value: unknown): value is Method => methods.includes(value as Method);

/** Level of assurance of each method, as the national trust network names it. */
export const assurance: Readonly<Record<Method, string>> = {
  bank: 'http://ftn.ficora.fi/2017/loa2',
  mobile: 'http://ftn.ficora.fi/2017/loa2',
  card: 'http://ftn.ficora.fi/2017/loa3',
};

/** What the city does not accept: a password of some service. */
export const weakLevel = 'http://ftn.ficora.fi/2017/loa1';
export const levels = [weakLevel, ...new Set(Object.values(assurance))];
