import type { Hours } from '../../page.ts';

/** ISO weekday (1 is Monday) and minutes after midnight in the city, wherever the reader is. */
const cityTime = (now: Date, timeZone: string): { weekday: number; minutes: number } => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now);
  const value = (type: string): string => parts.find(part => part.type === type)?.value ?? '';
  const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(value('weekday')) + 1;
  return { weekday, minutes: Number(value('hour')) * 60 + Number(value('minute')) };
};

const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
};

/** Whether the helpline answers at this moment (R1.5). Public holidays are not known to it. */
export const isOpen = (hours: Hours, timeZone: string, now: Date): boolean => {
  const { weekday, minutes } = cityTime(now, timeZone);
  return (
    hours.weekdays.includes(weekday) && minutes >= minutesOf(hours.opens) && minutes < minutesOf(hours.closes)
  );
};
