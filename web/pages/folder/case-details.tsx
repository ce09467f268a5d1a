import { useEffect, useState } from 'preact/hooks';
import type { CaseAnswer, CitizenEvent } from '../../../lambdas/http/wire/cases.ts';
import { getCase, putSeen } from '../../client/api.ts';
import { texts } from '../../client/texts.ts';
import { useLoad } from '../../client/use-load.ts';
import { LoadFailure, Loading } from '../../components/notice/load-failure.tsx';
import { Amendment } from './amendment.tsx';
import { Attachments } from './attachments.tsx';
import { Bundle } from './bundle.tsx';
import { CaseReadings } from './case-readings.tsx';
import { CourseRegistration } from './course.tsx';
import { Decisions } from './decisions.tsx';
import type fi from './fi.json';
import { HandledBy } from './handled-by.tsx';
import { Messages } from './messages.tsx';
import { Notifications } from './notifications.tsx';
import { Receipt } from './receipt.tsx';
import { Requests } from './requests.tsx';
import { SentAnswers } from './sent-answers.tsx';
import { Timeline } from './timeline.tsx';
import { Withdrawal } from './withdrawal.tsx';

/**
 * What is on the screen has been seen, up to the revision that is there (R7.4), once somebody looks at it: a tab opened
 * behind another waits. The mark itself goes with the next visit; where this fails it stays, and nothing is lost.
 */
const useSeen = (shown: CaseAnswer | undefined, refresh: () => Promise<void>) => {
  const revision = shown?.revision;
  useEffect(() => {
    if (!shown?.isNew || revision === undefined) return;
    const isServed = ({ type, readAt }: CitizenEvent) => type !== 'decision' || readAt !== undefined;
    // It is the department's read receipt too: one more try. Of a decision, the citizen sees when they were served.
    const mark = () => putSeen(shown.caseNumber, { revision });
    const looked = new AbortController();
    const look = () => {
      if (document.visibilityState !== 'visible') return;
      looked.abort();
      mark()
        .catch(mark)
        .then(() => (shown.events.every(isServed) ? undefined : refresh()))
        .catch(() => undefined);
    };
    document.addEventListener('visibilitychange', look, { signal: looked.signal });
    look();
    return () => looked.abort();
  }, [revision]);
};

interface Properties {
  readonly caseNumber: string;
  /** Told the case as it is now: it may have changed since the folder was listed, by the citizen's own act too. */
  readonly onShown: (shown: CaseAnswer) => void;
}

/** All that the folder holds of one case: what is asked of the citizen first, what was sent last. */
export const CaseDetails = ({ caseNumber, onShown }: Properties) => {
  const t = texts<keyof typeof fi>();
  const loaded = useLoad(() => getCase(caseNumber), caseNumber);
  const [refreshed, setRefreshed] = useState<CaseAnswer>();
  const shown = refreshed ?? (loaded.state === 'ready' ? loaded.value : undefined);
  const refresh = async () => setRefreshed(await getCase(caseNumber));
  useSeen(shown, refresh);
  useEffect(() => {
    if (shown) onShown(shown);
  }, [shown?.revision]);
  if (loaded.state === 'loading') return <Loading />;
  if (!shown) return <LoadFailure what={t('case.failed')} onRetry={loaded.reload} />;
  const { events } = shown;
  return (
    <div class="stack stack--l case__details">
      <HandledBy shown={shown} />
      <CourseRegistration shown={shown} onLeft={refresh} />
      <Requests shown={shown} />
      <Decisions shown={shown} />
      <Messages shown={shown} onSent={refresh} />
      <Timeline events={events} />
      <Notifications shown={shown} />
      <SentAnswers shown={shown} />
      <Attachments shown={shown} onChanged={refresh} />
      <Amendment shown={shown} />
      <Withdrawal shown={shown} onChanged={refresh} />
      <Receipt caseNumber={caseNumber} />
      <Bundle caseNumber={caseNumber} />
      <CaseReadings caseNumber={caseNumber} />
    </div>
  );
};
