import { lazily } from '../../client/lazily.tsx';
import { texts } from '../../client/texts.ts';
import type { ReadingsText } from '../../components/readings/readings-texts.ts';
import { Unfold } from '../../components/readings/unfold.tsx';
import type fi from './fi.json';

const Readings = lazily(() => import('../../components/readings/readings.tsx').then(part => part.Readings));
const SignIns = lazily(() => import('../../components/readings/sign-ins.tsx').then(part => part.SignIns));

/** Who has looked at one's cases, and who has signed in. */
export const Log = () => {
  const t = texts<ReadingsText | keyof typeof fi>();
  return (
    <section class="stack" aria-labelledby="log">
      <h2 id="log">{t('log')}</h2>
      <div class="details__log">
        <Unfold title={t('readings.ofAll')}>{() => <Readings />}</Unfold>
        <Unfold title={t('signIns')}>{() => <SignIns />}</Unfold>
      </div>
    </section>
  );
};
