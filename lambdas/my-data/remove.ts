import * as z from 'zod/mini';
import type { EpochMs } from '../domain/case.ts';
import { countHeld, type Held, type Kept, keptCases, keptDeliveries, keptLog } from '../domain/my-data.ts';
import { refuse } from '../domain/refusal.ts';
import { type Answer, ok } from '../http/answer.ts';
import { parse } from '../http/body.ts';
import type { CitizenRequest } from '../http/request.ts';
import type { RemovalAnswer } from '../http/wire/my-data.ts';
import type { FolderReading } from '../storage/cases.ts';
import type { Erasure } from '../storage/erasure.ts';
import type { DataSubject, Holdings } from '../storage/holdings.ts';
import type { Sessions } from '../storage/sessions.ts';

export interface RemovalDependencies {
  readonly cases: Pick<FolderReading, 'all'>;
  readonly holdings: Holdings;
  readonly erasure: Erasure;
  readonly sessions: Pick<Sessions, 'ofPerson' | 'endPerson' | 'end'>;
  readonly now: () => EpochMs;
}

/** What would go and what would stay. Reads only. */
export interface Plan {
  readonly deletes: readonly { readonly what: Held; readonly count: number }[];
  /** Cases that the law keeps, and what waits for its department. */
  readonly keeps: readonly Kept[];
}

export const planRemoval = async (
  subject: DataSubject,
  { cases, holdings, sessions }: Omit<RemovalDependencies, 'erasure' | 'now'>,
): Promise<Plan> => {
  const [headers, waiting, held, open] = await Promise.all([
    cases.all(subject.owner),
    holdings.waiting(subject.owner),
    holdings.of(subject),
    sessions.ofPerson(subject.owner),
  ]);
  const whats: readonly Held[] = [...held.map(({ what }) => what), ...open.map(() => 'session' as const)];
  return { deletes: countHeld(whats), keeps: [...keptCases(headers), ...keptDeliveries(waiting)] };
};

/**
 * Deletes what may go. Every session of the person ends first, so that none of them writes anew; the look-up of the person
 * goes last, so that whoever meets a failure signs in again and finds what is left. It stays where a case was sent or
 * somebody registered again while the rest went, by a request let in before; with a new registration so does all that is
 * there by then. What such a request sends after that look is refused: the folder was closed to it first.
 */
export const removePerson = async (
  subject: DataSubject,
  { holdings, erasure, sessions, now }: Omit<RemovalDependencies, 'cases'>,
): Promise<void> => {
  const { owner } = subject;
  await sessions.endPerson(owner);
  const held = await holdings.of(subject);
  await erasure.erase(held.filter(({ leadsTo }) => leadsTo === undefined));
  await erasure.close(owner, now());
  const isFindable = await holdings.isFindable(owner);
  // Looked for anew: a request let in before may have saved a draft, and without a profile no name is added any more.
  const left = await holdings.of(subject);
  const isAnew = left.some(({ what }) => what === 'profile');
  if (!isAnew) await erasure.erase(left.filter(({ leadsTo }) => leadsTo === undefined || !isFindable));
  // A sign-in that met the profile just before it went.
  await sessions.endPerson(owner);
};

const said = z.optional(z.enum(['true', 'false']));
/** By our name for it or the city's contract's; strict, for a misspelt dry run must not delete. */
const query = z.object({ query: z.strictObject({ dryRun: said, dry_run: said }) });

/**
 * `DELETE profile?dryRun=true|false`: what goes and what the law keeps, and unless it is a dry run, the deletion itself
 * (GDPR, article 17). Whoever does not agree to the wording in force has this right too; of whom there is nothing, not. An
 * organisation's details are nobody's own.
 */
export const removeProfile = async (
  { session, query: asked }: CitizenRequest,
  dependencies: RemovalDependencies,
): Promise<Answer> => {
  if (session.kind !== 'person') return refuse({ kind: 'persons-only' });
  const given = parse(query, { query: asked }).query;
  const dryRun = given.dryRun === 'true' || given.dry_run === 'true';
  const { owner, identityKeys, subjectKey } = session;
  const subject = { owner, identityKey: identityKeys.person, subjectKey };
  const { deletes, keeps } = await planRemoval(subject, dependencies);
  if (!session.registered && deletes.length + keeps.length === 0) refuse({ kind: 'registration-required' });
  if (!dryRun) {
    // Not among the person's where it has not been let into the folder.
    await dependencies.sessions.end(session.idHash);
    await removePerson(subject, dependencies);
  }
  return ok({ dryRun, deletes, keeps: [...keeps, keptLog()] } satisfies RemovalAnswer);
};
