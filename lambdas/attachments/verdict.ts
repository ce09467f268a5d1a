import * as z from 'zod/mini';
import type { EpochMs } from '../domain/case.ts';
import type { FileName, FileRecord } from '../storage/attachment-rows.ts';
import type { CustodyBook } from '../storage/custody.ts';
import type { Quarantine } from '../storage/quarantine.ts';
import { judgeContent } from './content.ts';
import { type SettleDependencies, settle } from './settle.ts';

export interface VerdictDependencies extends SettleDependencies {
  readonly custody: Pick<CustodyBook, 'find' | 'judge' | 'due' | 'count'>;
  readonly quarantine: Pick<Quarantine, 'read' | 'admit' | 'drop' | 'remove'>;
  readonly now: () => EpochMs;
  readonly log: (line: Readonly<Record<string, unknown>>) => void;
}

/**
 * "GuardDuty Malware Protection Object Scan Result", as far as we read it:
 * https://docs.aws.amazon.com/guardduty/latest/ug/monitor-with-eventbridge-s3-malware-protection.html
 */
const scanResult = z.object({
  detail: z.object({
    s3ObjectDetails: z.object({
      objectKey: z.string(),
      eTag: z.string(),
      versionId: z.nullish(z.string()),
    }),
    scanResultDetails: z.object({ scanResultStatus: z.string() }),
  }),
});

const fileOf = (key: string): FileName | undefined => {
  const [, owner, draft, id] = /^quarantine\/([^/#]+)\/([^/#]+)\/([^/#]+)$/.exec(key) ?? [];
  return owner && draft && id ? { owner, draft, id } : undefined;
};

/** Milliseconds after which a scan that failed is asked for again. */
const soonMs = 5 * 60_000;
/** A scanner that says so often that it cannot read a file means it: most often there is a password on it. */
const unreadableTimes = 3;

/** The scanner could not say: it is asked again, and what nobody can read is refused in the end. */
const withoutVerdict = async (
  file: FileRecord,
  status: string,
  dependencies: VerdictDependencies,
): Promise<void> => {
  const { custody, log, now } = dependencies;
  log({ level: 'warn', attachment: file.id, scan: status });
  const counted = status === 'UNSUPPORTED' ? await custody.count(file, 'unreadable') : file;
  if (!counted) return;
  if (counted.unreadable < unreadableTimes) return custody.due(file, now() + soonMs);
  const judged = await custody.judge(file, { state: 'refused', why: 'unreadable' });
  if (judged) await settle(judged, dependencies, now());
};

/** Malware outweighs whatever was said before. */
const refuseInfected = async (
  file: FileRecord,
  versionId: string | undefined,
  dependencies: VerdictDependencies,
): Promise<void> => {
  const { custody, quarantine, now, log } = dependencies;
  log({ level: 'warn', attachment: file.id, scan: 'THREATS_FOUND' });
  const judged = await custody.judge(file, { state: 'refused', why: 'infected' });
  await quarantine.drop(file, versionId);
  if (judged) await settle(judged, dependencies, now());
};

/** Nothing is delivered that is not here found to be what it says: by the scanner, and by its bytes. */
const admit = async (file: FileRecord, eTag: string, dependencies: VerdictDependencies): Promise<void> => {
  const { custody, quarantine, now } = dependencies;
  const verdict = await judgeContent(file, part => quarantine.read(file, part, eTag));
  // Gone, or another object than the scanned one: that one's verdict comes too.
  if (!verdict || (verdict.state === 'checked' && !(await quarantine.admit(file, eTag)))) return;
  const judged = await custody.judge(file, verdict);
  if (!judged || judged.gone) await quarantine.remove(file);
  else await settle(judged, dependencies, now());
};

/** The scanner's word on one object, handed over by EventBridge: at least once, in any order. */
export const hearVerdict = async (event: unknown, dependencies: VerdictDependencies): Promise<void> => {
  const { s3ObjectDetails: object, scanResultDetails } = scanResult.parse(event).detail;
  const name = fileOf(object.objectKey);
  if (!name) return;
  const file = await dependencies.custody.find(name);
  // Nobody's file: it was taken back, or arrived when its draft had gone.
  if (!file || file.gone) return dependencies.quarantine.remove(name);
  const { scanResultStatus: status } = scanResultDetails;
  if (status === 'THREATS_FOUND') return refuseInfected(file, object.versionId ?? undefined, dependencies);
  if (file.state !== 'uploaded') return settle(file, dependencies, dependencies.now());
  if (status === 'NO_THREATS_FOUND') return admit(file, object.eTag, dependencies);
  return withoutVerdict(file, status, dependencies);
};
