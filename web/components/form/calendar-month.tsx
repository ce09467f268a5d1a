import type { RefObject } from 'preact';
import type { Language } from '../../../lambdas/domain/language.ts';
import {
  daysOfMonth,
  iso,
  isWithin,
  monthAndYear,
  type Times,
  todayInHelsinki,
  weekdays,
} from './calendar-days.ts';

interface MonthProperties {
  /** The day that focus is on, or would be. */
  readonly active: Date;
  readonly chosen: Date | undefined;
  readonly times: Times;
  readonly language: Language;
  readonly table: RefObject<HTMLTableElement | null>;
  readonly onChoose: (date: string) => void;
  readonly onPress: (event: KeyboardEvent) => void;
}

interface DayProperties extends Pick<MonthProperties, 'language' | 'onChoose'> {
  readonly date: Date;
  readonly isActive: boolean;
  readonly isChosen: boolean;
  readonly isOffered: boolean;
}

const Day = ({ date, language, isActive, isChosen, isOffered, onChoose }: DayProperties) => {
  const name = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    dateStyle: 'full',
    timeZone: 'UTC',
  }).format(date);
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: a cell of a grid has it, and this table is one
    <td aria-selected={isChosen}>
      <button
        type="button"
        class="calendar__day"
        tabIndex={isActive ? 0 : -1}
        data-day={iso(date)}
        aria-label={name}
        aria-current={iso(date) === todayInHelsinki() ? 'date' : undefined}
        aria-disabled={isOffered ? undefined : true}
        onClick={() => isOffered && onChoose(iso(date))}
      >
        {date.getUTCDate()}
      </button>
    </td>
  );
};

/** The days of a month, a week a row. One of them can be reached by Tab, the others from it by arrow keys. */
export const Month = ({ active, chosen, times, language, table, onChoose, onPress }: MonthProperties) => (
  <table
    class="calendar"
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: arrow keys move between days, which is a grid
    role="grid"
    ref={table}
    aria-label={monthAndYear(active, language)}
    onKeyDown={onPress}
  >
    <thead>
      <tr>
        {weekdays(language).map(({ short, long }) => (
          <th key={long} scope="col" abbr={long}>
            {short}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {daysOfMonth(active).map(week => (
        <tr key={week.map(day => day && iso(day)).join()}>
          {week.map((day, index) =>
            day ? (
              <Day
                key={iso(day)}
                date={day}
                language={language}
                isActive={iso(day) === iso(active)}
                isChosen={chosen !== undefined && iso(day) === iso(chosen)}
                isOffered={isWithin(day, times)}
                onChoose={onChoose}
              />
            ) : (
              <td key={`empty-${index}`} />
            ),
          )}
        </tr>
      ))}
    </tbody>
  </table>
);
