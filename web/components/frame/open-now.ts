import { isHoliday } from '../../../lambdas/domain/holidays.ts';
import type { Hours } from '../../page.ts';

/** Calendar day and minutes after midnight in the city, wherever the reader is. */
const cityTime = (now: Date, timeZone: string): { day: string; minutes: number } => {
  const [day = '', time = ''] = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  })
    .format(now)
    .split(' ');
  return { day, minutes: minutesOf(time) };
};

/** Monday is 1 (ISO 8601). */
const weekdayOf = (day: string): number => new Date(day).getUTCDay() || 7;

const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
};

/** Whether the helpline answers at this moment (R1.5). */
export const isOpen = (hours: Hours, timeZone: string, now: Date): boolean => {
  const { day, minutes } = cityTime(now, timeZone);
  return (
    hours.weekdays.includes(weekdayOf(day)) &&
    minutes >= minutesOf(hours.opens) &&
    minutes < minutesOf(hours.closes) &&
    !(hours.closedOnHolidays && isHoliday(day))
  );
};
