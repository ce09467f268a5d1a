import type { EpochMs } from '../case.ts';
import { finnishWall } from '../finnish-time.ts';
import type { CompiledForm } from './types.ts';

const written = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::(\d{2}))?)?$/;

/**
 * The instant a definition's `2026-12-31T23:59:59` names: Helsinki time, whatever the season. Undefined when it is no time.
 * An hour that summer time skips is read as the hour after it.
 */
export const helsinkiInstant = (text: string): EpochMs | undefined => {
  const [, day, time = '00:00', seconds = '00'] = written.exec(text) ?? [];
  const local = Date.parse(`${day}T${time}:${seconds}Z`);
  if (day === undefined || Number.isNaN(local) || !new Date(local).toISOString().startsWith(day))
    return undefined;
  const once = local - (finnishWall(local) - local);
  return local - (finnishWall(once) - once);
};

export type Availability = 'open' | 'not-open-yet' | 'closed';

/** A form can be sent from its opening to its closing, both by the server's clock (R6.6). */
export const availabilityOf = (
  { settings: { opensAt, closesAt } }: Pick<CompiledForm, 'settings'>,
  now: EpochMs,
): Availability => {
  if (opensAt !== undefined && now < opensAt) return 'not-open-yet';
  return closesAt !== undefined && now >= closesAt ? 'closed' : 'open';
};

export const isOpen = (form: Pick<CompiledForm, 'settings'>, now: EpochMs): boolean =>
  availabilityOf(form, now) === 'open';
