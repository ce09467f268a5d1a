import type { Page } from '../../../lambdas/http/wire/general.ts';
import type { PopularService } from '../../../lambdas/http/wire/services.ts';
import { getPublic } from '../../client/public-api.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { pageUrl } from '../../urls.ts';

/** The answer has more: a signed-in page chooses those that fit its reader. */
const shownAtMost = 5;

/** Puts the services people use now in the place of those the page was built with, each in an entry like theirs. */
export const showPopular = async (): Promise<void> => {
  const list = document.getElementById('popular-services');
  const model = list?.firstElementChild;
  const popular = await getPublic<Page<PopularService>>('popular-services').catch(() => undefined);
  if (!list || !model || !popular?.items.length) return;
  const language = pageLanguage();
  const entries = popular.items.slice(0, shownAtMost).map(({ id, name, writtenIn }) => {
    const entry = model.cloneNode(true) as HTMLElement;
    const link = entry.querySelector('a');
    const text = entry.querySelector('span');
    if (link) link.href = pageUrl(language, 'services', id);
    if (text) {
      text.textContent = name[language];
      if (writtenIn[language] !== language) text.lang = writtenIn[language];
    }
    return entry;
  });
  list.replaceChildren(...entries);
};
