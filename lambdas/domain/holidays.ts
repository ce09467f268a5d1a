/** A calendar day, `2026-12-06`. */
export type CalendarDay = string;

const calendarDay = (at: number): CalendarDay => new Date(at).toISOString().slice(0, 10);
const dayMilliseconds = 86_400_000;

/** Easter Sunday of a Gregorian year (Meeus, Astronomical Algorithms, chapter 8, with its letters): epoch ms of its midnight in UTC. */
const easter = (year: number): number => {
  const whole = Math.floor;
  const a = year % 19;
  const b = whole(year / 100);
  const c = year % 100;
  const g = whole((b - whole((b + 8) / 25) + 1) / 3);
  const h = (19 * a + b - whole(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * whole(c / 4) - h - (c % 4)) % 7;
  const m = whole((a + 11 * h + 22 * l) / 451);
  const days = h + l - 7 * m + 114;
  return Date.UTC(year, whole(days / 31) - 1, (days % 31) + 1);
};

/** The first day of that weekday (0 is Sunday) on or after a date. */
const weekdayFrom = (year: number, month: number, date: number, weekday: number): number => {
  const from = Date.UTC(year, month - 1, date);
  return from + ((weekday - new Date(from).getUTCDay() + 7) % 7) * dayMilliseconds;
};

/**
 * Whether offices in Finland are closed on a day for a holiday: the church's and the state's, and the eves of
 * Midsummer and Christmas, which municipal agreements make free days. Ordinary Sundays are none.
 */
export const isHoliday = (day: CalendarDay): boolean => {
  const year = Number(day.slice(0, 4));
  const fixed = ['01-01', '01-06', '05-01', '12-06', '12-24', '12-25', '12-26'];
  if (fixed.includes(day.slice(5))) return true;
  const sunday = easter(year);
  const moving = [
    ...[-2, 0, 1, 39, 49].map(days => sunday + days * dayMilliseconds),
    weekdayFrom(year, 6, 19, 5),
    weekdayFrom(year, 6, 20, 6),
    weekdayFrom(year, 10, 31, 6),
  ];
  return moving.map(calendarDay).includes(day);
};
