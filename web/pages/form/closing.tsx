import { useEffect, useState } from 'preact/hooks';
import type { AvailabilityAnswer, FormInUse } from '../../../lambdas/forms/form.ts';
import { call } from '../../client/api.ts';
import { dayAndClock } from '../../client/dates.ts';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { Notice } from '../../components/notice/notice.tsx';
import type fi from './fi.json';

const longestMs = 60_000;

/** Calls when the server's clock has passed `at`: asks the server, at that moment and once a minute, for clocks are set. */
export const useMoment = (form: FormInUse, at: number | undefined, act: () => void): void => {
  useEffect(() => {
    if (at === undefined) return;
    let timer: ReturnType<typeof setTimeout>;
    const wait = (now: number) => {
      timer = setTimeout(ask, Math.max(1000, Math.min(longestMs, at - now + 500)));
    };
    const ask = async () => {
      // Not for the form again: it may weigh a hundred kilobytes.
      const asked = call<AvailabilityAnswer>(`forms/${form.id}/availability`);
      const newest = await asked.catch(() => undefined);
      if (newest && newest.availability !== form.availability) act();
      else wait(newest?.now ?? at - longestMs);
    };
    wait(form.now);
    return () => clearTimeout(timer);
  }, []);
};

/** Says that the form has closed while it was being filled in. What was typed stays. */
export const Closing = ({ form }: { form: FormInUse }) => {
  const t = texts<keyof typeof fi>();
  const { closesAt, stored } = form.settings;
  const [isClosed, setClosed] = useState(false);
  useMoment(form, closesAt, () => setClosed(true));
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
