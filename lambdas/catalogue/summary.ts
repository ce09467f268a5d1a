import { isKnownDepartment } from '../domain/catalogue/city.ts';
import type { Skipped } from '../domain/catalogue/register.ts';
import type { Service } from '../domain/catalogue/service.ts';
import { type Language, languages } from '../domain/language.ts';
import type { Sources } from './sources.ts';

/** A department of the register that has no name among our data, and its services. */
export interface UnknownDepartment {
  readonly id: string;
  readonly services: readonly string[];
}

/** What of the city's register is in the catalogue, and what an editor has to see to. Services by their ids. */
export interface RegisterSummary {
  /** Services of the register that were taken. */
  readonly taken: number;
  readonly skipped: readonly Skipped[];
  /** Not in the register that was in use before; none where there was none. */
  readonly added: readonly string[];
  /** In the register that was in use before, and no longer. */
  readonly gone: readonly string[];
  /** Services that the editor has given no topic. */
  readonly unplaced: readonly string[];
  /** Services without a word in a language: their pages fall back to another. */
  readonly missing: Readonly<Record<Language, readonly string[]>>;
  readonly unknownDepartments: readonly UnknownDepartment[];
  /** Services for which neither register nor editor names a department. */
  readonly withoutDepartment: readonly string[];
}

export interface PublicationSummary extends RegisterSummary {
  /** Services of our own. */
  readonly own: number;
  /** Published forms that are services by their title only. */
  readonly forms: number;
  readonly pages: number;
  readonly version: string;
}

const idsOf = (services: readonly Service[]): string[] => services.map(({ id }) => id);

const unknownDepartments = (services: readonly Service[]): UnknownDepartment[] => {
  const unknown = new Set(
    services.flatMap(({ departments }) => departments).filter(id => !isKnownDepartment(id)),
  );
  return [...unknown].map(id => ({
    id,
    services: idsOf(services.filter(({ departments }) => departments.includes(id))),
  }));
};

const without = (ids: readonly string[], others: readonly string[]): string[] => {
  const known = new Set(others);
  return ids.filter(id => !known.has(id));
};

export const summaryOfRegister = ({ register, before }: Sources): RegisterSummary => {
  const { services, skipped } = register;
  const ids = idsOf(services);
  return {
    taken: services.length,
    skipped,
    added: before.length === 0 ? [] : without(ids, before),
    gone: without(before, ids),
    unplaced: idsOf(services.filter(({ topics }) => topics.length === 0)),
    missing: Object.fromEntries(
      languages.map(language => [
        language,
        idsOf(services.filter(({ texts }) => texts[language] === undefined)),
      ]),
    ) as unknown as RegisterSummary['missing'],
    unknownDepartments: unknownDepartments(services),
    withoutDepartment: idsOf(services.filter(({ departments }) => departments.length === 0)),
  };
};
