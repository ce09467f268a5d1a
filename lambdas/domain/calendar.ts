import type { CaseNumber, EpochMs } from './case.ts';
import type { Language } from './language.ts';

/** A day to remember, as a calendar takes it. Nothing personal but the case's number. */
export interface CalendarDay {
  /** The same for the same day, so that taking it in again doubles nothing. */
  readonly uid: string;
  /** A calendar date, `2026-12-24`: a whole day, the same in every time zone. */
  readonly date: string;
  readonly summary: string;
  /** Where the case is. */
  readonly url: string;
  /** When the file was made. */
  readonly now: EpochMs;
}

export type Deadline = 'request' | 'decision';

const summaries: Readonly<Record<Deadline, Readonly<Record<Language, string>>>> = {
  request: { fi: 'Määräaika', sv: 'Sista dag', en: 'Due date' },
  decision: {
    fi: 'Muutoksenhaun viimeinen päivä',
    sv: 'Sista dag för ändringssökande',
    en: 'Last day to appeal',
  },
};

export const deadlineSummary = (deadline: Deadline, caseNumber: CaseNumber, language: Language): string =>
  `${summaries[deadline][language]}: ${caseNumber}`;

/** RFC 5545, section 3.3.11. */
const escaped = (text: string): string =>
  text.replace(/[\\;,]/g, character => `\\${character}`).replace(/\r?\n/g, '\\n');

const octets = (text: string): number => new TextEncoder().encode(text).length;

/** RFC 5545, section 3.1: no line of more than 75 octets; a character is never cut in two. */
const folded = (line: string): string => {
  const lines = [''];
  for (const character of line) {
    const last = lines.at(-1) ?? '';
    if (octets(last + character) > 75) lines.push(` ${character}`);
    else lines[lines.length - 1] = last + character;
  }
  return lines.join('\r\n');
};

const compact = (isoTime: string): string => isoTime.replace(/[-:]|\.\d+/g, '');

const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** An iCalendar file (RFC 5545) of one whole day, with a reminder the day before at noon. */
export const calendarFile = ({ uid, date, summary, url, now }: CalendarDay): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Asiointi//Asiointikansio//FI',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${compact(new Date(now).toISOString())}`,
    `DTSTART;VALUE=DATE:${compact(date)}`,
    `DTEND;VALUE=DATE:${compact(dayAfter(date))}`,
    `SUMMARY:${escaped(summary)}`,
    `URL:${url}`,
    'CLASS:PRIVATE',
    'TRANSP:TRANSPARENT',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escaped(summary)}`,
    'TRIGGER:-PT12H',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]
    .map(folded)
    .join('\r\n');
