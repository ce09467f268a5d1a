import type { Answers } from './types.ts';

/** RFC 6901. */
export const pointerTo = (parent: string, name: string | number): string => {
  const token = String(name);
  return `${parent}/${token.includes('~') || token.includes('/') ? token.replaceAll('~', '~0').replaceAll('/', '~1') : token}`;
};

export const namesIn = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map(name => name.replaceAll('~1', '/').replaceAll('~0', '~'));

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an object or an array holds of its own under a name; never what its prototype does. */
export const child = (value: unknown, name: string | number): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string | number, unknown>)[name]
    : undefined;

export const valueAt = (answers: unknown, pointer: string): unknown =>
  namesIn(pointer).reduce<unknown>(child, answers);

const put = (holder: unknown, [name, ...rest]: string[], value: unknown): unknown => {
  if (name === undefined) return value;
  const next = put(child(holder, name), rest, value);
  if (Array.isArray(holder)) return Object.assign([...holder], { [name]: next });
  const { [name]: _, ...others } = isObject(holder) ? holder : {};
  return next === undefined ? others : { ...others, [name]: next };
};

/** A copy with one value changed; `undefined` takes it away. */
export const withValue = (answers: Answers, pointer: string, value: unknown): Answers =>
  put(answers, namesIn(pointer), value) as Answers;

/** Nothing was typed: absent, or a text of nothing but spaces. Most texts tell by their first letter. */
export const isEmpty = (value: unknown): boolean => {
  if (typeof value !== 'string') return value === undefined || value === null;
  const first = value.charCodeAt(0);
  return !(first > 32 && first < 127) && value.trim() === '';
};
