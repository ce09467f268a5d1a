import { type Language, languages } from '../language.ts';
import type { Service } from './service.ts';

/** Too many services of the register in use are gone from the new one: more likely a fault than the city's will. */
export class SuspiciousRegister extends Error {
  override readonly name = 'SuspiciousRegister';
}

/** The share of the services in use that may be gone from a new register, or have lost a language in it. */
const mayBeGone = 0.2;

const languageNames: Readonly<Record<Language, string>> = { fi: 'Finnish', sv: 'Swedish', en: 'English' };

const refuseLoss = (inUse: readonly string[], here: ReadonlySet<string>, what: string): void => {
  const gone = inUse.filter(id => !here.has(id)).length;
  if (gone > inUse.length * mayBeGone)
    throw new SuspiciousRegister(
      `${gone} of the ${inUse.length} ${what} in use are gone from it; the catalogue stays as it was`,
    );
};

const idsOf = (services: readonly Service[]): string[] => services.map(({ id }) => id);

/** Throws `SuspiciousRegister` when more than a fifth of the services in use are gone, all in all or in one language. */
export const refuseSuspicious = (inUse: readonly Service[], services: readonly Service[]): void => {
  refuseLoss(idsOf(inUse), new Set(idsOf(services)), 'services');
  for (const language of languages) {
    const written = (all: readonly Service[]): string[] =>
      idsOf(all.filter(({ texts }) => texts[language] !== undefined));
    refuseLoss(written(inUse), new Set(written(services)), `services with ${languageNames[language]} texts`);
  }
};
