/** What a catalogue is made of: our own services, published forms without one, and the city's register. */
import { excluded } from '../domain/catalogue/city.ts';
import { withEditorsWord } from '../domain/catalogue/editor.ts';
import { BrokenRegister, parseRegister, type Register } from '../domain/catalogue/register.ts';
import type { Service } from '../domain/catalogue/service.ts';
import { refuseSuspicious } from '../domain/catalogue/suspicious-register.ts';
import type { PublishedService } from '../domain/forms/published.ts';
import type { Objects } from '../storage/objects.ts';
import { catalogueKeys } from './keys.ts';

export interface Sources {
  readonly own: readonly Service[];
  readonly forms: readonly Service[];
  /** With what the editor adds. */
  readonly register: Register;
  /** The register's services as it has them. */
  readonly taken: readonly Service[];
  /** Ids of the services of the register that was in use before. */
  readonly before: readonly string[];
}

/** A form nobody has described is a service by its title. */
const serviceOfForm = ({ id, form, name, applicants, stored, course }: PublishedService): Service => ({
  id,
  origin: 'form',
  texts: {
    fi: { name: name.fi, links: [], channels: [] },
    sv: { name: name.sv, links: [], channels: [] },
    en: { name: name.en, links: [], channels: [] },
  },
  topics: [],
  groups: [],
  lifeEvents: [],
  departments: [],
  electronic: true,
  form,
  applicants,
  identification: true,
  stored,
  ...(course && { course }),
});

const parse = <T>(text: string | undefined): T | undefined =>
  text === undefined ? undefined : (JSON.parse(text) as T);

const publishedForms = async (content: Objects): Promise<PublishedService[]> => {
  const keys = await content.list(catalogueKeys.publishedForms);
  const forms = await Promise.all(keys.map(async key => parse<PublishedService>(await content.get(key))));
  return forms.filter(form => form !== undefined);
};

const registerInUse = async (content: Objects): Promise<Service[]> =>
  parse<Service[]>(await content.get(catalogueKeys.register)) ?? [];

const readNewRegister = (file: string): Register => {
  const register = parseRegister(file, excluded);
  if (register.services.length === 0) throw new BrokenRegister('no service could be taken');
  return register;
};

/** The register in the file, or the one in use. */
const readRegister = (inUse: readonly Service[], file: string | undefined, replace: boolean): Register => {
  if (file === undefined) return { services: inUse, skipped: [] };
  const register = readNewRegister(file);
  if (!replace) refuseSuspicious(inUse, register.services);
  return register;
};

/**
 * Without a file the register in use stays. Throws `BrokenRegister` where nothing of a file could be taken, and, unless
 * it is to `replace` the one in use whatever it holds, `SuspiciousRegister`.
 */
export const readSources = async (content: Objects, file?: string, replace = false): Promise<Sources> => {
  const [inUse, forms, own = []] = await Promise.all([
    registerInUse(content),
    publishedForms(content),
    content.get(catalogueKeys.own).then(text => parse<Service[]>(text)),
  ]);
  const { services: taken, skipped } = readRegister(inUse, file, replace);
  const described = new Set(own.map(({ id }) => id));
  const additional = forms.filter(({ id }) => !described.has(id)).map(serviceOfForm);
  return {
    own,
    forms: additional,
    register: { services: taken.map(withEditorsWord), skipped },
    taken,
    before: inUse.map(({ id }) => id),
  };
};
