import type { Actor, EpochMs, EventBody } from '../domain/case.ts';
import { type FileRecord, openName, openSender } from '../storage/attachment-rows.ts';
import type { CaseEvents } from '../storage/case-events.ts';
import type { CustodyBook } from '../storage/custody.ts';
import type { Quarantine } from '../storage/quarantine.ts';
import type { Sealer } from '../storage/sealing.ts';

export interface SettleDependencies {
  readonly custody: Pick<CustodyBook, 'due'>;
  readonly quarantine: Pick<Quarantine, 'drop' | 'remove'>;
  readonly events: Pick<CaseEvents, 'add'>;
  readonly sealer: Sealer;
}

/** Milliseconds after which it is looked whether the draft of a file is still there. */
export const draftCheckMs = 24 * 60 * 60_000;

/** It belongs to a case, and its sender can no longer take it back. */
const isHandedOver = ({ caseNumber, added }: FileRecord): boolean =>
  caseNumber !== undefined && added !== 'staged';

/** What the case must be told of a file; files that came with the form and are clean are no news. */
const newsOf = async (
  file: FileRecord,
  sealer: Sealer,
): Promise<{ body: EventBody; actor: Actor; tell: boolean } | undefined> => {
  if (!isHandedOver(file) || file.state === 'uploaded') return undefined;
  const { id, size, sha256, type, why, person } = file;
  const name = await openName(sealer, file);
  if (file.state === 'refused')
    return {
      body: { type: 'attachment-refused', attachment: { id, name }, why: why ?? 'unreadable' },
      actor: { kind: 'portal' },
      tell: true,
    };
  if (person === undefined) return undefined;
  const body = { type: 'attachment', attachment: { id, name, size, sha256, type } } as const;
  const sender = await openSender(sealer, file);
  const actor = { kind: 'citizen', person, ...(sender !== undefined && { name: sender }) } as const;
  return { body, actor, tell: false };
};

/**
 * Brings a file that has its verdict to its end: the case hears of it once, nothing stays in quarantine, and nobody
 * needs to look after it any more. May be called again: after a crash, or when a staged file is handed over.
 */
export const settle = async (
  file: FileRecord,
  { custody, quarantine, events, sealer }: SettleDependencies,
  now: EpochMs,
): Promise<void> => {
  const news = await newsOf(file, sealer);
  if (news && file.caseNumber !== undefined)
    await events.add({
      owner: file.owner,
      caseNumber: file.caseNumber,
      // By its verdict, not its state: a second verdict may come when the department has received it.
      key: `attachment ${file.id} ${file.state === 'refused' ? 'refused' : 'checked'}`,
      ...news,
      now,
      judge: async ({ status }) => status,
    });
  if (file.state === 'refused') await quarantine.remove(file);
  else if (file.state !== 'uploaded') await quarantine.drop(file);
  await custody.due(file, isHandedOver(file) ? undefined : now + draftCheckMs);
};
