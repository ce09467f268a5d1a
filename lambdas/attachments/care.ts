import type { EpochMs } from '../domain/case.ts';
import type { FileName, FileRecord } from '../storage/attachment-rows.ts';
import { overdueMs } from '../storage/attachments.ts';
import type { CustodyBook } from '../storage/custody.ts';
import type { Quarantine } from '../storage/quarantine.ts';
import { draftCheckMs, type SettleDependencies, settle } from './settle.ts';

export interface CareDependencies extends SettleDependencies {
  readonly custody: Pick<CustodyBook, 'find' | 'due' | 'count' | 'waiting' | 'abandon' | 'forget'>;
  readonly quarantine: Pick<Quarantine, 'drop' | 'remove' | 'holds' | 'scanAgain'>;
  readonly log: (line: Readonly<Record<string, unknown>>) => void;
  /** Whether there is such a draft, neither sent nor expired. */
  readonly isDraft: (owner: string, draft: string, now: EpochMs) => Promise<boolean>;
}

export interface CareSummary {
  /** Files looked after. */
  readonly cared: number;
  /** Scans asked for again. */
  readonly scannedAgain: number;
  /** Files that nobody owned, removed with their rows. */
  readonly removed: number;
  /** Files without a verdict though their scan had been asked for again: somebody has to look. */
  readonly overdue: number;
  /** Files that could not be looked after now; the next run tries again. */
  readonly failed: number;
}

type Outcome = Exclude<keyof CareSummary, 'cared' | 'failed'>;

/** Milliseconds after which an announced file that has not arrived is given up: its invitation is long over. */
const arrivalMs = 2 * 60 * 60_000;
/** The longest wait between two scans of the same file, in milliseconds. */
const longestMs = 6 * 60 * 60_000;
/** Files looked after in one run, and how many at once. */
const mostAtATime = 500;
const batch = 10;

const remove = async (file: FileRecord, { custody, quarantine }: CareDependencies): Promise<Outcome[]> => {
  await quarantine.remove(file);
  await custody.forget(file);
  return ['removed'];
};

/** What was handed over meanwhile is looked at again later: it must not stand first in the queue for ever. */
const abandon = async (
  file: FileRecord,
  dependencies: CareDependencies,
  now: EpochMs,
): Promise<Outcome[]> => {
  const { custody } = dependencies;
  if (await custody.abandon(file)) return remove(file, dependencies);
  await custody.due(file, now + overdueMs);
  return [];
};

/** Whether a file still has a draft, or a sent case whose sender is about to hand it over. */
const isWanted = async (file: FileRecord, { isDraft }: CareDependencies, now: EpochMs): Promise<boolean> => {
  if (file.added === 'staged') return now - file.announcedAt < draftCheckMs;
  return file.caseNumber !== undefined || isDraft(file.owner, file.draft, now);
};

const scanAgain = async (
  file: FileRecord,
  { custody, quarantine }: CareDependencies,
  now: EpochMs,
): Promise<Outcome[]> => {
  const isThere = await quarantine.scanAgain(file);
  await custody.count(file, 'tries');
  await custody.due(file, now + Math.min(longestMs, overdueMs * 2 ** file.tries));
  return [...(isThere ? (['scannedAgain'] as const) : []), ...(file.tries > 0 ? (['overdue'] as const) : [])];
};

/** No verdict yet: it has not arrived, or its scan was lost. */
const chase = async (file: FileRecord, dependencies: CareDependencies, now: EpochMs): Promise<Outcome[]> => {
  const { custody, quarantine } = dependencies;
  const mustBeThere = file.caseNumber !== undefined && file.added !== 'staged';
  if (mustBeThere || (await quarantine.holds(file))) return scanAgain(file, dependencies, now);
  if (now - file.announcedAt > arrivalMs) return abandon(file, dependencies, now);
  await custody.due(file, now + overdueMs);
  return [];
};

const care = async (name: FileName, dependencies: CareDependencies, now: EpochMs): Promise<Outcome[]> => {
  const file = await dependencies.custody.find(name);
  if (!file) return [];
  if (file.gone) return remove(file, dependencies);
  if (!(await isWanted(file, dependencies, now))) return abandon(file, dependencies, now);
  if (file.state === 'uploaded') return chase(file, dependencies, now);
  await settle(file, dependencies, now);
  return [];
};

/**
 * Looks after every file that waits for it: scans that nobody heard of are asked for again, files whose draft has ended
 * are removed, and what a crash left half-done is finished. One that fails does not keep the others.
 */
export const careForAttachments = async (
  dependencies: CareDependencies,
  now: EpochMs,
): Promise<CareSummary> => {
  const names = await dependencies.custody.waiting(now, mostAtATime);
  const outcomes: Outcome[] = [];
  let failed = 0;
  for (let start = 0; start < names.length; start += batch) {
    const settled = await Promise.allSettled(
      names.slice(start, start + batch).map(name => care(name, dependencies, now)),
    );
    for (const one of settled)
      if (one.status === 'fulfilled') outcomes.push(...one.value);
      else {
        failed += 1;
        dependencies.log({ level: 'error', attachments: 'care', fault: (one.reason as Error).name });
      }
  }
  const count = (outcome: Outcome): number => outcomes.filter(one => one === outcome).length;
  return {
    cared: names.length,
    scannedAgain: count('scannedAgain'),
    removed: count('removed'),
    overdue: count('overdue'),
    failed,
  };
};
