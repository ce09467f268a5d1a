/**
 * What the city's editor says of the register's services, by their ids: the register has no topics, and few of the
 * words that people use. Bundled with the publisher only.
 */
import english from '../../../web/content/catalogue/everyday-words/en.json' with { type: 'json' };
import finnish from '../../../web/content/catalogue/everyday-words/fi.json' with { type: 'json' };
import swedish from '../../../web/content/catalogue/everyday-words/sv.json' with { type: 'json' };
import topicsOfServices from '../../../web/content/catalogue/service-topics.json' with { type: 'json' };
import type { Language } from '../language.ts';
import type { Service } from './service.ts';

/** Id of a service → words and phrases, in a language the service has. */
export const everydayWords: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  fi: finnish,
  sv: swedish,
  en: english,
};

const placed: Readonly<Record<string, string>> = topicsOfServices;

/** A service of the register with the topics it belongs to; one that nobody has placed has none. */
export const withTopics = (service: Service): Service => ({
  ...service,
  topics: placed[service.id]?.split(' ') ?? [],
});
