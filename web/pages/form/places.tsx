import { useEffect, useState } from 'preact/hooks';
import type { CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import type { PlacesAnswer } from '../../../lambdas/http/wire/forms.ts';
import { getPlaces } from '../../client/api.ts';
import { type Translate, texts } from '../../client/texts.ts';
import type fi from './fi.json';

/** Milliseconds between two looks, as long as somebody looks at the page. */
const interval = 15_000;

/** How many places are free now. What could not be fetched stays as it was: the form itself says it when it is sent. */
const usePlaces = (form: string): PlacesAnswer | undefined => {
  const [places, setPlaces] = useState<PlacesAnswer>();
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') getPlaces(form).then(setPlaces, () => undefined);
    };
    look();
    const timer = setInterval(look, interval);
    return () => clearInterval(timer);
  }, [form]);
  return places;
};

const inWords = (
  { free, places, waiting, waitingList }: PlacesAnswer,
  t: Translate<keyof typeof fi>,
): string => {
  if (free > 0) return t('places.free', { count: free, places });
  return waiting < waitingList ? t('places.waiting', { waiting, waitingList }) : t('places.full');
};

/** Places of a course (R6.6): counts, and nothing of who has them. */
export const Places = ({ form }: { form: Pick<CompiledForm, 'id'> }) => {
  const places = usePlaces(form.id);
  const t = texts<keyof typeof fi>();
  return (
    <p class="places">
      <strong>{places ? inWords(places, t) : '\u00a0'}</strong>
    </p>
  );
};
