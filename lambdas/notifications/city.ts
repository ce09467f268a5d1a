import * as z from 'zod/mini';
import type { Language, Translated } from '../domain/language.ts';

/** Who writes, as people know it. */
export interface City {
  readonly name: Translated;
  readonly helpline: { readonly name: Translated; readonly phone: string };
}

const translated = z.object({ fi: z.string(), sv: z.string(), en: z.string() });
const city = z.object({ name: translated, helpline: z.object({ name: translated, phone: z.string() }) });

/** Reads the setting `CITY`. Throws what is wrong with it, at start. */
export const readCity = (json: string): City => city.parse(JSON.parse(json));

/** What letters say of it. A phone number stays on one line. */
export const cityValues = (language: Language, { name, helpline }: City) => ({
  city: name[language],
  helpline: helpline.name[language],
  phone: helpline.phone.replaceAll(' ', '\u00a0'),
});

/** In a text message every character costs. */
export const shortPhone = ({ helpline }: City): string => helpline.phone.replaceAll(' ', '');
