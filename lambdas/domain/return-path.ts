import { isLanguage } from './language.ts';

/** A base nobody can be sent to: what leaves it was not a path of ours. */
const nowhere = 'https://portal.invalid';

/** Longer ones are nobody's bookmark. */
const maxLength = 1000;

/** Control characters, spaces and backslashes mean something else to a browser than to us. */
const isPlain = (text: string): boolean => /^[\x21-\x5b\x5d-\x7e]+$/.test(text);

/** One step of a path, as it is written: no separator, blank or control character hides behind an escape. */
const isStep = (step: string): boolean => {
  try {
    return /^[^\p{Cc}\p{Z}/\\]+$/u.test(decodeURIComponent(step));
  } catch {
    return false;
  }
};

/** `/fi`, `/fi/` or deeper; a slash may close it. */
const isPage = (path: string): boolean => {
  const [before, language, ...steps] = path.split('/');
  const named = steps.at(-1) === '' ? steps.slice(0, -1) : steps;
  return before === '' && isLanguage(language) && named.every(isStep);
};

/**
 * Where a sign-in may lead to (R3.2): a page of ours, `/fi/…`, with its query and fragment, as a browser would
 * understand it; undefined for anything else. Not to other sites (`//evil`, `/\evil`, `/%2f%2fevil`), not to the API.
 */
export const toReturnPath = (given: string | undefined): string | undefined => {
  if (given === undefined || given.length > maxLength || !given.startsWith('/') || !isPlain(given))
    return undefined;
  const url = URL.canParse(given, nowhere) ? new URL(given, nowhere) : undefined;
  const isOurs = url?.origin === nowhere && isPage(url.pathname);
  return isOurs ? url.pathname + url.search + url.hash : undefined;
};
