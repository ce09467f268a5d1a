/**
 * Answers that only help to fill a form in (`misc:exclude-from-submit`). They are sent and kept with the others, for what
 * they show would go with them; departments are not told them.
 */
import { isObject, namesIn } from './answers.ts';
import type { Answers } from './types.ts';

const without = (value: unknown, [name = '', ...rest]: readonly string[]): unknown => {
  if (Array.isArray(value))
    return name === '*' ? value.map(item => (rest.length > 0 ? without(item, rest) : null)) : value;
  if (!isObject(value) || !Object.hasOwn(value, name)) return value;
  const { [name]: inner, ...others } = value;
  return rest.length > 0 ? { ...value, [name]: without(inner, rest) } : others;
};

/** The answers as departments are told them. */
export const withoutHelpers = (answers: Answers, helpers: readonly string[] = []): Answers =>
  helpers.reduce<unknown>((left, pattern) => without(left, namesIn(pattern)), answers) as Answers;
