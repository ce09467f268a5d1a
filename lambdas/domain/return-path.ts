import { isLanguage } from './language.ts';

/** A base nobody can be sent to: what leaves it was not a path of ours. */
const nowhere = 'https://portal.invalid';

/** Longer ones are nobody's bookmark. */
const maxLength = 1000;

/** Control characters, spaces and backslashes mean something else to a browser than to us. */
const isPlain = (text: string): boolean => /^[\x21-\x5b\x5d-\x7e]+$/.test(text);

const decodes = (path: string): string | undefined => {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
};

/**
 * Where a sign-in may lead to (R3.2): a page of ours, `/fi/…`, with its query and fragment, as a browser would
 * understand it; undefined for anything else. Not to other sites (`//evil`, `/\evil`, `/%2f%2fevil`), not to the API.
 */
export const toReturnPath = (given: string | undefined): string | undefined => {
  if (given === undefined || given.length > maxLength || !given.startsWith('/') || !isPlain(given))
    return undefined;
  const url = URL.canParse(given, nowhere) ? new URL(given, nowhere) : undefined;
  if (url?.origin !== nowhere) return undefined;
  const [before, language, ...rest] = (decodes(url.pathname) ?? '').split('/');
  const isOurs = before === '' && isLanguage(language) && !rest.slice(0, -1).includes('');
  return isOurs && rest.every(part => isPlain(part || '-') && part !== '..')
    ? url.pathname + url.search + url.hash
    : undefined;
};
