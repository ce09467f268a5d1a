/** Which fields ask for what somebody's own details hold: filled in from them when asked to, never by themselves (R4.4). */
import { everyField, type Field } from './tree.ts';

/**
 * What `misc:profilePrefill` may say here; the city's other keys are of its applicants for grants, which no profile of
 * ours holds. First names and surnames apart are not among them: a profile has the whole name only.
 */
export const profileDetails = [
  'name',
  'organization',
  'email',
  'phone',
  'identityCode',
  'businessId',
] as const;
export type ProfileDetail = (typeof profileDetails)[number];

const isDetail = (value: unknown): value is ProfileDetail => profileDetails.some(detail => detail === value);

/** Tokens of HTML's autocomplete are of whoever fills the form in (WCAG 1.3.5). */
const byToken: Readonly<Record<string, ProfileDetail>> = {
  name: 'name',
  organization: 'organization',
  email: 'email',
  tel: 'phone',
};

export const detailOf = ({ ui }: Pick<Field, 'ui'>): ProfileDetail | undefined => {
  const named = ui['misc:profilePrefill'];
  if (isDetail(named)) return named;
  const token = ui['ui:autocomplete'];
  return typeof token === 'string' && Object.hasOwn(byToken, token) ? byToken[token] : undefined;
};

/** Of repeats the first is of whoever fills the form in; the others are of somebody else. */
const isFirst = ({ pointer }: Field): boolean => !/\/[1-9]\d*(\/|$)/.test(pointer);

/** The fields of a page that ask for them. */
export const ownFields = (page: Field): readonly Field[] =>
  [...everyField(page)].filter(field => detailOf(field) !== undefined && isFirst(field));
