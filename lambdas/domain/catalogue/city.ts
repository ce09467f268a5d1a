/** What the register lacks and we know: the city's departments, our words for its codes, records that are no services. */
import departmentList from '../../../web/content/catalogue/departments.json' with { type: 'json' };
import excludedRecords from '../../../web/content/catalogue/excluded.json' with { type: 'json' };
import groupNames from '../../../web/content/catalogue/groups.json' with { type: 'json' };
import lifeEventNames from '../../../web/content/catalogue/life-events.json' with { type: 'json' };
import topicNames from '../../../web/content/catalogue/topics.json' with { type: 'json' };
import type { Language, Translated } from '../language.ts';
import type { Department, Service } from './service.ts';

const departments: ReadonlyMap<string, Department> = new Map(
  (departmentList as Department[]).map(department => [department.id, department]),
);

/** By the register's code, in the words of the national vocabulary where it has the group. */
export const groups: Readonly<Record<string, Translated>> = groupNames;
/** By the register's code, in the words of the national vocabulary (PTV). */
export const lifeEvents: Readonly<Record<string, Translated>> = lifeEventNames;
/** By PTV service class. */
export const topics: Readonly<Record<string, Translated>> = topicNames;
/** By id, with the reason. */
export const excluded: Readonly<Record<string, string>> = excludedRecords;

export const isKnownDepartment = (id: string): boolean => departments.has(id);

/** Names of the groups a service is for, in a language; codes we have no word for say nothing. */
export const groupsOf = ({ groups: codes }: Service, language: Language): string[] =>
  codes.flatMap(code => groups[code]?.[language] ?? []);

/** Those whose names we know; the register has ids only. */
export const departmentsOf = (service: Service): Department[] =>
  service.departments.flatMap(id => departments.get(id) ?? []);
