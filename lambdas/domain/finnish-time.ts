import type { EpochMs } from './case.ts';

let formatter: Intl.DateTimeFormat | undefined;

/** Made at the first question: it costs a function's start some fifteen milliseconds, and most never ask. */
const parts = (): Intl.DateTimeFormat =>
  (formatter ??= new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Helsinki',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }));

/** `2026-12-24 09:00:00`: what a Finnish clock and calendar show at an instant, summer and winter. */
const shown = (at: EpochMs): string => parts().format(at);

/** The clock on a wall in Helsinki at an instant, as if it were UTC. */
export const finnishWall = (at: EpochMs): EpochMs => Date.parse(`${shown(at).replace(' ', 'T')}Z`);

/** The year on a Finnish calendar. */
export const finnishYear = (at: EpochMs): number => new Date(finnishWall(at)).getUTCFullYear();

/** The hour a Finnish clock shows, 0–23, summer and winter. */
export const finnishHour = (at: EpochMs): number => new Date(finnishWall(at)).getUTCHours();
