import { countOpening } from '../../client/public-api.ts';

/** *Siirry palveluun* of a list's entry or of a service's own page. */
const ways = '.service__ways > a, .go-to > a';

/**
 * Counts who leaves for a service elsewhere. One of ours is counted where it is opened, by its form: the way there
 * may end at signing in, and a form has other ways in.
 */
export const countOpenings = (): void => {
  const count = (event: MouseEvent): void => {
    const link = (event.target as Element).closest<HTMLAnchorElement>(ways);
    const service = link?.closest<HTMLElement>('[data-service]')?.dataset.service;
    if (service && link?.origin !== location.origin) countOpening(service);
  };
  document.addEventListener('click', count);
  // The middle button opens a tab of its own.
  document.addEventListener('auxclick', event => event.button === 1 && count(event));
};
