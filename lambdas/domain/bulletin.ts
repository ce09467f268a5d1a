import * as z from 'zod/mini';
import type { EpochMs } from './case.ts';
import type { Translated } from './language.ts';
import { refuse } from './refusal.ts';

/** What a department announces to everybody, for a time (R5.3, R10.1). */
export interface Bulletin {
  /** The department's own name for it: two departments may have the same. */
  readonly id: string;
  /** Plain text; addresses in it are shown as links, nothing else in it means anything. */
  readonly text: Translated;
  /** The first instant it is in force. */
  readonly from: EpochMs;
  /** The first instant it is no longer. */
  readonly until: EpochMs;
}

/** Characters in one language: an announcement, not an article. */
export const bulletinTextLimit = 1_000;
/** Bulletins of one client that have not ended: one that repeats itself must not fill everybody's front page. */
export const bulletinsAtMost = 20;

/** Line breaks may come as Windows writes them; marks that turn the direction of reading would hide what a link says. */
const writing = z.string().check(
  z.overwrite(text => text.replace(/\r\n?/g, '\n').trim()),
  z.minLength(1),
  z.maxLength(bulletinTextLimit),
  z.refine(text => !/[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]/u.test(text)),
);
const time = z.iso.datetime({ offset: true });

/** What follows `bulletins/` in the path. */
export const bulletinName = z.object({ id: z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)) });

/** The body of `PUT bulletins/{id}`. Unknown members are refused: a misspelt one would be lost. */
export const bulletinRequest = z.pipe(
  z.strictObject({
    text: z.strictObject({ fi: writing, sv: writing, en: writing }),
    from: time,
    until: time,
  }),
  z.transform(({ text, from, until }) => ({ text, from: Date.parse(from), until: Date.parse(until) })),
);

/** Refuses a bulletin that could never be seen. One that has already ended is accepted: so one is taken back early. */
export const checkTimes = ({ from, until }: Pick<Bulletin, 'from' | 'until'>): void => {
  if (until <= from)
    refuse({ kind: 'invalid-request', errors: [{ pointer: '/until', code: 'not_after_from' }] });
};

export const hasEnded = ({ until }: Bulletin, now: EpochMs): boolean => until <= now;

/** What is announced now, the newest first. */
export const inForce = (bulletins: readonly Bulletin[], now: EpochMs): Bulletin[] =>
  bulletins
    .filter(bulletin => bulletin.from <= now && !hasEnded(bulletin, now))
    .toSorted((one, other) => other.from - one.from || one.until - other.until);

/** Milliseconds until the next of these begins or ends; Infinity when none ever does. */
export const unchangedFor = (bulletins: readonly Bulletin[], now: EpochMs): number =>
  Math.min(...bulletins.flatMap(({ from, until }) => [from, until]).filter(at => at > now)) - now;
