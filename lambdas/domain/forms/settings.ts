/** Reads `settings.json`: the city's own keys, and ours (`applicants`, `stored`, `service`, `course`, `consent`, `requiresConsent`, `roles`). */
import { languages, type Translated } from '../language.ts';
import type { Status } from '../status.ts';
import { isObject, pointerTo } from './answers.ts';
import { holdsCode } from './markup.ts';
import { helsinkiInstant } from './open.ts';
import type { Reporter } from './problem.ts';
import type { Applicant, Course, FormSettings } from './types.ts';

const isNumbers = (value: unknown): boolean => Array.isArray(value) && value.every(Number.isInteger);
const isOneOf =
  (...values: readonly string[]) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.length > 0 && value.every(entry => values.includes(entry as string));
const isText = (value: unknown): boolean =>
  typeof value === 'string' && !/<[a-zA-Z!/?]/.test(value) && !holdsCode(value);
const isFlag = (value: unknown): boolean => typeof value === 'boolean';
const isTime = (value: unknown): boolean => typeof value === 'string' && helsinkiInstant(value) !== undefined;
const isIdentifier = (value: unknown): boolean => typeof value === 'string' && identifier.test(value);
const isCount = (value: unknown, least: number): boolean =>
  Number.isInteger(value) && Number(value) >= least && Number(value) <= 10_000;
const isRoles = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every(code => /^[A-ZÅÄÖ0-9_]{2,40}$/.test(String(code)));
const courseKeys: readonly string[] = ['places', 'waitingList', 'round'];
const isCourse = (value: unknown): boolean =>
  isObject(value) &&
  Object.keys(value).every(key => courseKeys.includes(key)) &&
  isCount(value.places, 1) &&
  isCount(value.waitingList ?? 0, 0) &&
  isIdentifier(value.round ?? 'round');

const isTranslated = (value: unknown): boolean =>
  isObject(value) &&
  Object.keys(value).length === languages.length &&
  languages.every(language => isText(value[language]) && value[language] !== '');
/** What is over is over: it can neither be taken back nor changed. */
const changeableStatuses = ['sent', 'received', 'processing', 'waiting'] as const satisfies Status[];
const isChangeable = isOneOf(...changeableStatuses);
const changeable = `must list statuses of ${changeableStatuses.join(', ')}`;

/** A form's or a service's id: also a folder's name and part of an address. */
export const identifier = /^[a-z0-9][a-z0-9_-]{0,63}$/;

const known: Readonly<Record<string, readonly [(value: unknown) => boolean, string]>> = {
  title: [isText, 'must be a text without HTML or code'],
  description: [isText, 'must be a text without HTML or code'],
  application_type: [isText, 'must be a text'],
  application_type_id: [Number.isInteger, 'must be a whole number'],
  application_industry: [isText, 'must be a text'],
  application_open: [isTime, 'must be a time like 2026-01-01T00:00:00'],
  application_close: [isTime, 'must be a time like 2026-12-31T23:59:59, or a day'],
  applicant_types: [
    isOneOf('private_person', 'registered_community', 'unregistered_community'),
    'must list private_person, registered_community or unregistered_community',
  ],
  subvention_type: [isNumbers, 'must be a list of whole numbers'],
  target_group: [Number.isInteger, 'must be a whole number'],
  acting_years: [isNumbers, 'must be a list of years'],
  continuous: [isFlag, 'must be true or false'],
  disable_copy: [isFlag, 'must be true or false'],
  applicants: [isOneOf('person', 'organisation'), 'must list person, organisation or both'],
  stored: [isFlag, 'must be true or false'],
  service: [isIdentifier, 'must be the id of a service'],
  course: [
    isCourse,
    'must be {"places": 1–10000, "waitingList": 0–10000, "round": letters a–z, digits, - and _}; the last two may be left out',
  ],
  consent: [isFlag, 'must be true or false'],
  attachmentsAfterSending: [isFlag, 'must be true or false'],
  withdrawal: [isChangeable, changeable],
  amendment: [isChangeable, changeable],
  messages: [value => value === 'elsewhere', 'must be "elsewhere": in health care\'s own message service'],
  appeal: [isTranslated, 'must be {"fi": text, "sv": text, "en": text} without HTML or code'],
  roles: [isRoles, 'must list codes of the register of mandates, such as NIMKO'],
  requiresConsent: [isIdentifier, 'must be the id of the consent form'],
};

/** A place must be found again in the folder: to be followed there, and given up. */
const courseOf = (given: Readonly<Record<string, unknown>>, report: Reporter): Course | undefined => {
  if (given.course === undefined) return undefined;
  if (given.stored === false) report.error('/course', 'a course cannot be a form that is never stored');
  const { places, waitingList = 0, round } = given.course as Partial<Course> & Pick<Course, 'places'>;
  return { places, waitingList, ...(round !== undefined && { round }) };
};

export interface SettingsFile {
  readonly title?: string;
  readonly service?: string;
  readonly settings: FormSettings;
}

/** An unregistered community acts through a person. */
const applicantsOf = (types: readonly string[] | undefined): readonly Applicant[] => {
  if (!types) return ['person', 'organisation'];
  return (['person', 'organisation'] as const).filter(applicant =>
    types.some(type => (type === 'registered_community') === (applicant === 'organisation')),
  );
};

const dayMs = 24 * 60 * 60 * 1000;

/** A closing time that names a second is open through that second, one that is a day through that day. */
const closingOf = (text: string): number | undefined => {
  const at = helsinkiInstant(text);
  if (at === undefined) return undefined;
  if (!text.includes('T'))
    return helsinkiInstant(new Date(Date.parse(text) + dayMs).toISOString().slice(0, 10));
  return /:\d{2}:\d{2}$/.test(text) ? at + 1000 : at;
};

/** What only a case in the folder can have. */
const afterSending = ['withdrawal', 'amendment', 'attachmentsAfterSending', 'appeal'] as const;

const refuseIdle = (
  given: Readonly<Record<string, unknown>>,
  applicants: readonly Applicant[],
  report: Reporter,
): void => {
  for (const key of given.stored === false ? afterSending : [])
    if (given[key] !== undefined && given[key] !== false)
      report.error(pointerTo('', key), 'a form that is never stored has no case to which this could apply');
  if (given.roles !== undefined && !applicants.includes('organisation'))
    report.error('/roles', 'roles are asked of organisations only, and they cannot send this form');
};

export const readSettings = (file: unknown, report: Reporter): SettingsFile => {
  const given: Record<string, unknown> = {};
  if (!isObject(file)) report.error('', 'must be an object');
  for (const [key, value] of Object.entries(isObject(file) ? file : {})) {
    const [check, reason] = (Object.hasOwn(known, key) ? known[key] : undefined) ?? [];
    if (!check) report.error(pointerTo('', key), `${key} is not supported`);
    else if (!check(value)) report.error(pointerTo('', key), `${key} ${reason}`);
    else given[key] = value;
  }
  const isTimed = given.continuous !== true;
  const opensAt = isTimed ? helsinkiInstant(String(given.application_open)) : undefined;
  const closesAt = isTimed ? closingOf(String(given.application_close)) : undefined;
  if (opensAt !== undefined && closesAt !== undefined && closesAt <= opensAt)
    report.error('/application_close', 'closes before it opens');
  const course = courseOf(given, report);
  const applicants =
    (given.applicants as Applicant[] | undefined) ??
    applicantsOf(given.applicant_types as string[] | undefined);
  refuseIdle(given, applicants, report);
  return {
    ...(given.title !== undefined && { title: String(given.title) }),
    ...(given.service !== undefined && { service: String(given.service) }),
    settings: {
      ...(opensAt !== undefined && { opensAt }),
      ...(closesAt !== undefined && { closesAt }),
      applicants,
      stored: given.stored !== false,
      actingYears: (given.acting_years as number[] | undefined) ?? [],
      ...(course && { course }),
      ...(given.consent === true && { consent: true as const }),
      ...(given.withdrawal !== undefined && { withdrawal: given.withdrawal as Status[] }),
      ...(given.amendment !== undefined && { amendment: given.amendment as Status[] }),
      ...(given.messages === 'elsewhere' && { messages: 'elsewhere' as const }),
      ...(given.appeal !== undefined && { appeal: given.appeal as Translated }),
      ...(given.attachmentsAfterSending === true && { attachmentsAfterSending: true as const }),
      ...(given.roles !== undefined && { roles: given.roles as string[] }),
      ...(given.requiresConsent !== undefined && { requiresConsent: String(given.requiresConsent) }),
    },
  };
};
