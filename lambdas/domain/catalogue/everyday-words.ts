/** The words that people use of the register's services, from the city's editor: the register has few of them. */
import english from '../../../web/content/catalogue/everyday-words/en.json' with { type: 'json' };
import finnish from '../../../web/content/catalogue/everyday-words/fi.json' with { type: 'json' };
import swedish from '../../../web/content/catalogue/everyday-words/sv.json' with { type: 'json' };
import type { Language } from '../language.ts';

/** Id of a service → words and phrases, in a language the service has. */
export const everydayWords: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  fi: finnish,
  sv: swedish,
  en: english,
};
