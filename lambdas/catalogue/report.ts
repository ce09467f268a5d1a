import type { EpochMs } from '../domain/case.ts';
import { BrokenRegister } from '../domain/catalogue/register.ts';
import { SuspiciousRegister } from '../domain/catalogue/suspicious-register.ts';
import type { PublishRequest } from './publish.ts';
import type { PublicationSummary } from './summary.ts';

/** What the log says of a publication. The stack counts two of them and raises its alarms by the counts. */
export const outcomes = {
  taken: 'register-taken',
  /** The register cannot be used, or too much is gone from it: the last good catalogue stays. */
  refused: 'register-refused',
  published: 'catalogue-published',
  /** Anything else went wrong: the last good catalogue stays, or another try finishes what came after the switch. */
  failed: 'catalogue-failed',
  untidied: 'catalogue-untidied',
} as const;

export interface CatalogueLine {
  /** ISO 8601. */
  readonly at: string;
  readonly level: 'info' | 'error';
  readonly catalogue: (typeof outcomes)[keyof typeof outcomes];
  /** In our own words; of an error nobody foresaw its name only. */
  readonly reason?: string;
  readonly taken?: number;
  readonly skipped?: number;
  readonly removed?: number;
}

export interface ReportDependencies {
  readonly publish: (request: PublishRequest) => Promise<PublicationSummary>;
  /** Takes away what older versions have left; answers how many objects. */
  readonly tidy: (version: string) => Promise<number>;
  readonly log: (line: CatalogueLine) => void;
  readonly now: () => EpochMs;
}

export type PublishSummary = PublicationSummary & {
  /** Objects of older versions that were taken away. */
  readonly removed: number;
};

const isRefusal = (error: unknown): error is Error =>
  error instanceof BrokenRegister || error instanceof SuspiciousRegister;

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

/** Publishes, says in the log how it went, and tidies up after a success. Throws what publishing threw. */
export const publishAndReport = async (
  request: PublishRequest,
  { publish, tidy, log, now }: ReportDependencies,
): Promise<PublishSummary> => {
  const say = (line: Omit<CatalogueLine, 'at'>): void => log({ at: new Date(now()).toISOString(), ...line });
  const summary = await publish(request).catch(error => {
    say(
      isRefusal(error)
        ? { level: 'error', catalogue: outcomes.refused, reason: error.message }
        : { level: 'error', catalogue: outcomes.failed, reason: nameOf(error) },
    );
    throw error;
  });
  const isImport = request.source !== undefined || request.url !== undefined;
  // The new catalogue is in use: what is in the way of tidying up must not make it look as if it were not.
  const removed = await tidy(summary.version).catch(error => {
    say({ level: 'error', catalogue: outcomes.untidied, reason: nameOf(error) });
    return 0;
  });
  const { taken, skipped } = summary;
  const catalogue = isImport ? outcomes.taken : outcomes.published;
  say({ level: 'info', catalogue, taken, skipped: skipped.length, removed });
  return { ...summary, removed };
};
