/** Free places of a course on its service's page (R6.6): counts only, looked at once. */
import { fill } from '../../../lambdas/domain/texts.ts';
import type { PlacesAnswer } from '../../../lambdas/http/wire/forms.ts';
import { pageLanguage } from './page-texts.ts';

const sayIn = (element: HTMLElement, { free, places, waiting, waitingList }: PlacesAnswer): void => {
  const { someFree = '', someWait = '', full = '' } = element.dataset;
  const text = free > 0 ? someFree : waiting < waitingList ? someWait : full;
  element.textContent = fill(text, pageLanguage(), { count: free, places, waiting, waitingList });
  element.hidden = false;
};

/** What cannot be told is left out: the form says it again. */
export const showPlaces = async (elements: readonly HTMLElement[]): Promise<void> => {
  for (const element of elements) {
    const form = encodeURIComponent(element.dataset.places ?? '');
    const answer = await fetch(`/api/forms/${form}/places`).catch(() => undefined);
    if (answer?.ok) sayIn(element, (await answer.json()) as PlacesAnswer);
  }
};
