import { useEffect, useRef, useState } from 'preact/hooks';
import { dateLimit } from '../../../lambdas/domain/forms/date-limits.ts';
import type { Field } from '../../../lambdas/domain/forms/tree.ts';
import type { Language } from '../../../lambdas/domain/language.ts';
import { serverTime } from '../../client/server-time.ts';
import { texts } from '../../client/texts.ts';
import { Dialog } from '../dialog/dialog.tsx';
import { Icon } from '../icon/icon.tsx';
import {
  dateOf,
  type Move,
  monthAndYear,
  monthNames,
  moved,
  nearestTo,
  type Times,
  todayInHelsinki,
  years,
} from './calendar-days.ts';
import { Month } from './calendar-month.tsx';
import type fi from './fi.json';

interface Properties {
  readonly title: string;
  readonly field: Field;
  readonly language: Language;
  /** `2026-12-24`, or anything else where there is no date yet. */
  readonly value: string;
  readonly onChoose: (date: string) => void;
  readonly onClose: () => void;
}

/** The city's forms do not mark a date of birth otherwise than by its name. */
const birth = /birth|born|synty|f(ö|o)d(d|el)/i;

const timesOf = ({ field, title }: Pick<Properties, 'field' | 'title'>): Times => ({
  first: dateLimit(field, 'minDate', serverTime()),
  last: dateLimit(field, 'maxDate', serverTime()),
  isBirth: field.ui['ui:autocomplete'] === 'bday' || birth.test(`${field.name} ${title}`),
});

const moves: Readonly<Record<string, Move>> = {
  ArrowLeft: { days: -1 },
  ArrowRight: { days: 1 },
  ArrowUp: { days: -7 },
  ArrowDown: { days: 7 },
  PageUp: { months: -1 },
  PageDown: { months: 1 },
  Home: { weekday: 0 },
  End: { weekday: 6 },
};

const moveOf = ({ key, shiftKey }: KeyboardEvent): Move | undefined => {
  const move = moves[key];
  return shiftKey && move?.months ? { months: move.months * 12 } : move;
};

/** Month and year, by name and by buttons. */
const Heading = ({
  active,
  times,
  language,
  onMove,
  onGo,
}: {
  readonly active: Date;
  readonly times: Times;
  readonly language: Language;
  readonly onMove: (move: Move) => void;
  readonly onGo: (year: number, month: number) => void;
}) => {
  const t = texts<keyof typeof fi>();
  const [year, month] = [active.getUTCFullYear(), active.getUTCMonth()];
  const turn = (months: number, key: keyof typeof fi) => (
    <button
      type="button"
      class={`calendar__turn ${months < 0 ? 'calendar__turn--back' : ''}`}
      onClick={() => onMove({ months })}
    >
      <Icon name="angle-right" />
      <span class="visually-hidden">{t(key)}</span>
    </button>
  );
  return (
    <div class="calendar__heading">
      <select
        class="select"
        aria-label={t('calendar.month')}
        onChange={event => onGo(year, Number(event.currentTarget.value))}
      >
        {monthNames(language).map((name, index) => (
          <option key={name} value={index} selected={index === month}>
            {name}
          </option>
        ))}
      </select>
      <select
        class="select"
        aria-label={t('calendar.year')}
        onChange={event => onGo(Number(event.currentTarget.value), month)}
      >
        {years(year, times).map(one => (
          <option key={one} value={one} selected={one === year}>
            {one}
          </option>
        ))}
      </select>
      <div>
        {turn(-1, 'calendar.previous')}
        {turn(1, 'calendar.next')}
      </div>
    </div>
  );
};

/** A month to choose a day of, whole by keyboard (APG, date picker dialog). Beside the box in which dates are typed, never instead. */
export const Calendar = ({ title, field, language, value, onChoose, onClose }: Properties) => {
  const t = texts<keyof typeof fi>();
  const chosen = dateOf(value);
  const times = timesOf({ field, title });
  const [active, setActive] = useState(dateOf(nearestTo(chosen ? value : todayInHelsinki(), times)) as Date);
  const grid = useRef<HTMLTableElement>(null);
  const latest = useRef(active);
  const focuses = useRef(true);
  useEffect(() => {
    if (focuses.current) grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    focuses.current = false;
  }, [active]);
  const go = (date: Date, takesFocus = false) => {
    focuses.current = takesFocus;
    // Keys come faster than days are drawn.
    latest.current = date;
    setActive(date);
  };
  const press = (event: KeyboardEvent) => {
    const move = moveOf(event);
    if (!move) return;
    event.preventDefault();
    go(moved(latest.current, move), true);
  };
  return (
    <Dialog
      title={title}
      onDismiss={onClose}
      isPlain
      actions={
        <button type="button" class="hds-button hds-button--secondary" onClick={onClose}>
          {t('calendar.close')}
        </button>
      }
    >
      <Heading
        active={active}
        times={times}
        language={language}
        onMove={move => go(moved(active, move))}
        onGo={(year, month) =>
          go(moved(active, { months: (year - active.getUTCFullYear()) * 12 + month - active.getUTCMonth() }))
        }
      />
      <Month
        active={active}
        chosen={chosen}
        times={times}
        language={language}
        table={grid}
        onChoose={onChoose}
        onPress={press}
      />
      <p class="visually-hidden" aria-live="polite">
        {monthAndYear(active, language)}
      </p>
    </Dialog>
  );
};
