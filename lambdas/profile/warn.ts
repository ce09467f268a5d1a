import type { EpochMs } from '../domain/case.ts';
import { isPastWarning, type Warning } from '../domain/contact-change.ts';
import type { Delivery } from '../domain/digest.ts';
import type { Language } from '../domain/language.ts';
import type { Letter } from '../notifications/letter.ts';
import { recipientAt } from '../notifications/recipient.ts';
import type { HasTime } from '../notifications/run.ts';
import type { Notify } from '../notifications/send.ts';
import type { Unreadable, Warnings } from '../storage/warnings.ts';

export interface TellDependencies {
  readonly warnings: Pick<Warnings, 'settle'>;
  readonly notify: Notify;
  readonly texts: { readonly addressGone: (language: Language) => Letter };
}

/** Without an answer it may have gone out. */
export const hasLeft = (delivery: Delivery): boolean => delivery === 'sent' || delivery === 'unknown';

/** To an address that is used no more (R4.3). One that was sent and could not be settled comes twice: better than never. */
const tell = async (warning: Warning, { notify, texts }: TellDependencies): Promise<Delivery> =>
  notify(recipientAt(warning), texts.addressGone(warning.language));

/** At once, after the change is saved. What was not surely sent now is left to `warnOwed`. */
export const tellOldAddresses = async (
  owed: readonly Warning[],
  dependencies: TellDependencies,
): Promise<void> => {
  const tellNow = async (warning: Warning): Promise<void> => {
    if ((await tell(warning, dependencies)) === 'sent') await dependencies.warnings.settle(warning);
  };
  await Promise.allSettled(owed.map(tellNow));
};

export interface WarnDependencies extends TellDependencies {
  readonly warnings: Warnings;
  readonly now: () => EpochMs;
  readonly hasTime: HasTime;
}

/** Counts only, nobody's address. */
export interface WarnSummary {
  told: number;
  /** Surely not sent: tried again. */
  waiting: number;
  /** Nobody can say to whom: left for three days, in case it is read again. */
  unreadable: number;
  /** Refused, or after three days: tried no more. */
  lost: number;
}

const warnOne = async (
  warning: Warning | Unreadable,
  dependencies: WarnDependencies,
): Promise<keyof WarnSummary> => {
  const { warnings, now } = dependencies;
  const isReadable = warning.address !== undefined;
  const delivery = isReadable ? await tell(warning, dependencies).catch(() => 'failed' as const) : 'failed';
  if (delivery === 'failed' && !isPastWarning(warning, now())) return isReadable ? 'waiting' : 'unreadable';
  await warnings.settle(warning);
  return hasLeft(delivery) ? 'told' : 'lost';
};

/** What could not be sent when an address was changed. */
export const warnOwed = async (dependencies: WarnDependencies): Promise<WarnSummary> => {
  const summary: WarnSummary = { told: 0, waiting: 0, unreadable: 0, lost: 0 };
  const { warnings, now, hasTime } = dependencies;
  if (!hasTime()) return summary;
  for await (const warning of warnings.due(now())) {
    summary[await warnOne(warning, dependencies).catch(() => 'waiting' as const)] += 1;
    if (!hasTime()) break;
  }
  return summary;
};
