import { calendarDay } from '../../client/dates.ts';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import type fi from './fi.json';

interface Properties {
  readonly caseNumber: string;
  /** Id of the event with the day. */
  readonly event: string;
  readonly date: string;
}

/** The day as a file that any calendar takes. */
export const CalendarLink = ({ caseNumber, event, date }: Properties) => {
  const t = texts<keyof typeof fi>();
  const language = pageLanguage();
  const path = ['cases', caseNumber, 'events', event, 'calendar'].map(encodeURIComponent).join('/');
  return (
    <a href={`/api/${path}?language=${language}`} download={`${caseNumber}.ics`}>
      {t('calendar')}
      <span class="visually-hidden">: {calendarDay(date, language)}</span>
    </a>
  );
};
