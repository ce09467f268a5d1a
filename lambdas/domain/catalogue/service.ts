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
