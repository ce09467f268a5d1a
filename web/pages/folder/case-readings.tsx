import { lazily } from '../../client/lazily.tsx';
import { texts } from '../../client/texts.ts';
import type { ReadingsText } from '../../components/readings/readings-texts.ts';
import { Unfold } from '../../components/readings/unfold.tsx';

const Readings = lazily(() => import('../../components/readings/readings.tsx').then(part => part.Readings));

/** Who has looked at the case: asked for by few, so fetched when it is. */
export const CaseReadings = ({ caseNumber }: { caseNumber: string }) => (
  <Unfold title={texts<ReadingsText>()('readings.ofCase')}>
    {() => <Readings caseNumber={caseNumber} />}
  </Unfold>
);
