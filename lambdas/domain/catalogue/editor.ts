/**
 * What the city's editor says of the register's services, by their ids: the register has no topics. Bundled with the
 * publisher only.
 */
import departmentsOfServices from '../../../web/content/catalogue/service-departments.json' with {
  type: 'json',
};
import topicsOfServices from '../../../web/content/catalogue/service-topics.json' with { type: 'json' };
import type { Service } from './service.ts';

const placed: Readonly<Record<string, string>> = topicsOfServices;
const inCharge: Readonly<Record<string, string>> = departmentsOfServices;

const departmentsFor = ({ id, departments }: Service): readonly string[] => {
  const known = inCharge[id];
  return departments.length > 0 || known === undefined ? departments : [known];
};

/**
 * A service of the register with what the register does not say: the topics it belongs to, none where nobody has
 * placed it, and the department in charge where the register names none.
 */
export const withEditorsWord = (service: Service): Service => ({
  ...service,
  topics: placed[service.id]?.split(' ') ?? [],
  departments: departmentsFor(service),
});
