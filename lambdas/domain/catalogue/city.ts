/** What the register lacks and we know: the city's departments, our words for its codes, records that are no services. */
import departmentList from '../../../web/content/catalogue/departments.json' with { type: 'json' };
import excludedRecords from '../../../web/content/catalogue/excluded.json' with { type: 'json' };
import groupNames from '../../../web/content/catalogue/groups.json' with { type: 'json' };
import topicNames from '../../../web/content/catalogue/topics.json' with { type: 'json' };
import type { Translated } from '../language.ts';
import type { Department, Service } from './service.ts';

const departments: ReadonlyMap<string, Department> = new Map(
  (departmentList as Department[]).map(department => [department.id, department]),
);

export const groups: Readonly<Record<string, Translated>> = groupNames;
/** By PTV service class. */
export const topics: Readonly<Record<string, Translated>> = topicNames;
/** By id, with the reason. */
export const excluded: Readonly<Record<string, string>> = excludedRecords;

export const isKnownDepartment = (id: string): boolean => departments.has(id);

/** Those whose names we know; the register has ids only. */
export const departmentsOf = (service: Service): Department[] =>
  service.departments.flatMap(id => departments.get(id) ?? []);
