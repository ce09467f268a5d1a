import type { Language, Translated } from '../language.ts';

/** Only http, https, mailto and tel addresses ever get here. */
export interface Link {
  readonly title: string;
  readonly url: string;
  /** `PDF`, `WORD`; absent for web pages. */
  readonly format?: string;
}

export const channelKinds = [
  'eservice',
  'webpage',
  'printable-form',
  'telephone',
  'email',
  'chat',
  'local',
  'mail',
] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** One way to take care of the matter. All but the electronic one are *Vaihtoehtoiset asiointitavat* (R2.4). */
export interface Channel {
  /** The same in every language. */
  readonly id?: number;
  readonly kind: ChannelKind;
  readonly name?: string;
  readonly information?: string;
  readonly prerequisites?: string;
  readonly process?: string;
  readonly hours?: string;
  readonly phone?: string;
  /** What the call costs, in the register's words. */
  readonly charge?: string;
  readonly email?: string;
  readonly address?: string;
  readonly links: readonly Link[];
}

/** A service in one language. Texts are data: plain, with line breaks and links that `rich-text.ts` understands. */
export interface ServiceTexts {
  readonly name: string;
  /** Other words people use for it. */
  readonly synonyms?: string;
  readonly description?: string;
  readonly audience?: string;
  readonly process?: string;
  readonly processingTime?: string;
  readonly validity?: string;
  readonly costs?: string;
  readonly information?: string;
  readonly links: readonly Link[];
  readonly channels: readonly Channel[];
}

export type Applicant = 'person' | 'organisation';

/** A service of the catalogue, from the city's register (`tpr-…`), our own, or known by its published form only. */
export interface Service {
  readonly id: string;
  readonly origin: 'register' | 'own' | 'form';
  /** At least one language. */
  readonly texts: Readonly<Partial<Record<Language, ServiceTexts>>>;
  /** PTV service classes, `P16`; empty where nobody has placed it. */
  readonly topics: readonly string[];
  /** Target groups by the register's codes, `YOUTH`. */
  readonly groups: readonly string[];
  readonly lifeEvents: readonly string[];
  /** Ids of the departments in charge; names are our data. */
  readonly departments: readonly string[];
  /** It can be taken care of on the web. */
  readonly electronic: boolean;
  /** Id of our own form, which *Siirry palveluun* then opens. */
  readonly form?: string;
  /** What follows is absent where the register does not know. */
  readonly applicants?: readonly Applicant[];
  readonly identification?: boolean;
  /** Saved in the case folder. */
  readonly stored?: boolean;
  /** Its form registers for a course with limited places (R6.6). */
  readonly course?: true;
}

/** A department in charge, or its feedback form, where we know them. */
export interface Department {
  readonly id: string;
  readonly name: Readonly<Record<Language, string>>;
  readonly feedback?: Readonly<Record<Language, string>>;
  /** The register does not say who it is: from what of the register an editor knows. */
  readonly inferredFrom?: string;
}

const fallbacks: Readonly<Record<Language, readonly Language[]>> = {
  fi: ['fi', 'sv', 'en'],
  sv: ['sv', 'fi', 'en'],
  en: ['en', 'fi', 'sv'],
};

/** The texts a reader of a language gets, and which language they are really in. */
export const textsFor = (
  service: Service,
  language: Language,
): { texts: ServiceTexts; language: Language } => {
  for (const candidate of fallbacks[language]) {
    const texts = service.texts[candidate];
    if (texts) return { texts, language: candidate };
  }
  throw new Error(`service ${service.id} has no texts`);
};

/** Texts of a service that may be missing where others are there. */
export type TextField = {
  [Field in keyof ServiceTexts]: ServiceTexts[Field] extends string | undefined ? Field : never;
}[keyof ServiceTexts];

/** One text as a reader of a language gets it, and which language it is in; undefined where no language has it. */
export const textFor = (
  { texts }: Service,
  field: NonNullable<TextField>,
  language: Language,
): { text: string; language: Language } | undefined => {
  for (const candidate of fallbacks[language]) {
    const text = texts[candidate]?.[field];
    if (text !== undefined) return { text, language: candidate };
  }
  return undefined;
};

/** A channel, the language it is described in, and the language of its links. */
export interface ReadChannel {
  readonly channel: Channel;
  readonly language: Language;
  readonly linksLanguage: Language;
}

/** The same channel's links in another language: a way in is better than none. */
const withLinks = (service: Service, channel: Channel, language: Language, reader: Language): ReadChannel => {
  const found = fallbacks[reader].find(candidate =>
    service.texts[candidate]?.channels.some(({ id, links }) => id === channel.id && links.length > 0),
  );
  if (channel.links.length > 0 || channel.id === undefined || found === undefined)
    return { channel, language, linksLanguage: language };
  const links = service.texts[found]?.channels.find(({ id }) => id === channel.id)?.links ?? [];
  return { channel: { ...channel, links }, language, linksLanguage: found };
};

/** All ways to take care of the matter, as a reader of a language gets them. */
export const channelsFor = (service: Service, reader: Language): ReadChannel[] => {
  const language = fallbacks[reader].find(candidate => service.texts[candidate]?.channels.length);
  if (language === undefined) return [];
  const channels = service.texts[language]?.channels ?? [];
  return channels.map(channel => withLinks(service, channel, language, reader));
};

/** The first link of an electronic channel, of the reader's language if it has one. */
export const entranceOf = (service: Service, reader: Language): Link | undefined => {
  const channels = [
    ...channelsFor(service, reader).map(({ channel }) => channel),
    ...fallbacks[reader].flatMap(language => service.texts[language]?.channels ?? []),
  ];
  return channels.find(({ kind, links }) => kind === 'eservice' && links.length > 0)?.links[0];
};

/** A name for each language, whatever the catalogue has. */
export const namesOf = (service: Service): Translated => {
  const name = (language: Language) => textsFor(service, language).texts.name;
  return { fi: name('fi'), sv: name('sv'), en: name('en') };
};

/** In the order of the language's alphabet by the name a reader of it sees (R2.1). */
export const sortServices = (services: readonly Service[], language: Language): Service[] => {
  const { compare } = new Intl.Collator(language, { numeric: true });
  const names = new Map(services.map(service => [service, textsFor(service, language).texts.name]));
  return services.toSorted(
    (one, other) => compare(names.get(one) ?? '', names.get(other) ?? '') || compare(one.id, other.id),
  );
};
