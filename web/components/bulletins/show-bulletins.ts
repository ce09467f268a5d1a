/** What is announced now, on a page that needs no framework (R5.3). */
import type { Page } from '../../../lambdas/http/wire/general.ts';
import type { BulletinAnswer } from '../../../lambdas/http/wire/services.ts';
import { getPublic } from '../../client/public-api.ts';
import { pageLanguage } from '../frame/page-texts.ts';
import { paragraphsOf } from '../plain-text/plain-text-dom.ts';

/** Fills and shows the page's place for bulletins; without any, or without an answer, nothing shows. */
export const showBulletins = async (): Promise<void> => {
  const place = document.getElementById('bulletins');
  const bulletins = await getPublic<Page<BulletinAnswer>>('bulletins').catch(() => undefined);
  if (!place || !bulletins?.items.length) return;
  const items = bulletins.items.map(({ text }) => {
    const item = document.createElement('li');
    item.append(...paragraphsOf(text[pageLanguage()]));
    return item;
  });
  place.querySelector('ul')?.replaceChildren(...items);
  place.hidden = false;
};
