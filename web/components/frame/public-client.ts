/** The frame of pages that are for everybody, with what ways from there to services need. */
import './client.ts';
import { countOpenings } from './openings.ts';

const showFreePlaces = async (): Promise<void> => {
  const places = [...document.querySelectorAll<HTMLElement>('[data-places]')];
  if (places.length > 0) await (await import('./places.ts')).showPlaces(places);
};

countOpenings();
void showFreePlaces().catch(() => undefined);
