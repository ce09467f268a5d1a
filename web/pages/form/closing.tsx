import { useEffect, useState } from 'preact/hooks';
import type { CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import type { AvailabilityAnswer, FormInUse } from '../../../lambdas/forms/form.ts';
import { call } from '../../client/api.ts';
import { dayAndClock } from '../../client/dates.ts';
import { learnTime, serverTime } from '../../client/server-time.ts';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { Notice } from '../../components/notice/notice.tsx';
import type fi from './fi.json';

const longestMs = 60_000;
/** Where a crowd waits for the same second, or gets no answer, not all ask again at once. */
const soonMs = (): number => 1000 + 2000 * Math.random();

/** Calls when the server's clock has passed `at`: asks the server, at that moment, once a minute and when the page is looked at again. */
export const useMoment = (
  form: Pick<FormInUse, 'id' | 'availability'>,
  at: number | undefined,
  act: () => void,
): void => {
  useEffect(() => {
    if (at === undefined) return;
    const ends = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      const left = at - serverTime() + 500;
      timer = setTimeout(ask, left > 0 ? Math.min(longestMs, left) : soonMs());
    };
    const ask = async () => {
      clearTimeout(timer);
      // Without the form, which may weigh a hundred kilobytes.
      const newest = await call<AvailabilityAnswer>(
        `forms/${encodeURIComponent(form.id)}/availability`,
      ).catch(() => undefined);
      if (newest) learnTime(newest.now);
      if (ends.signal.aborted) return;
      if (newest && newest.availability !== form.availability) act();
      else wait();
    };
    const look = () => {
      if (document.visibilityState === 'visible') void ask();
    };
    document.addEventListener('visibilitychange', look, { signal: ends.signal });
    wait();
    return () => {
      ends.abort();
      clearTimeout(timer);
    };
  }, []);
};

/** Says that the form has closed while it was being filled in. What was typed stays. */
export const Closing = ({ form }: { form: CompiledForm }) => {
  const t = texts<keyof typeof fi>();
  const { closesAt, stored } = form.settings;
  const [isClosed, setClosed] = useState(false);
  useMoment({ ...form, availability: 'open' }, closesAt, () => setClosed(true));
  return (
    <div role="alert">
      {isClosed && closesAt !== undefined && (
        <Notice kind="alert" title={t('closed')}>
          <p>{t('closed.text', { time: dayAndClock(closesAt - 1, pageLanguage()) })}</p>
          {stored && <p>{t('closed.draft')}</p>}
        </Notice>
      )}
    </div>
  );
};
