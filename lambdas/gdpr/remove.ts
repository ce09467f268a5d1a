import * as z from 'zod/mini';
import type { Translated } from '../domain/language.ts';
import { type Answer, noContent } from '../http/answer.ts';
import { parse } from '../http/body.ts';
import { planRemoval, type RemovalDependencies, removePerson } from '../my-data/remove.ts';
import { type Subjects, subjectKeyOf } from '../storage/subjects.ts';
import type { GdprRequest } from './access.ts';

export interface GdprRemovalDependencies extends RemovalDependencies {
  readonly subjects: Pick<Subjects, 'find'>;
  readonly issuer: string;
}

interface Denial {
  readonly code: string;
  readonly message: Translated;
}

const tooWeak: Denial = {
  code: 'INSUFFICIENT_LOA',
  message: {
    fi: 'Tietojen poistaminen sähköisestä asioinnista edellyttää vahvaa tunnistautumista.',
    sv: 'Radering av uppgifter i e-tjänsterna förutsätter stark autentisering.',
    en: 'Deleting data from the e-services requires strong identification.',
  },
};

/** The contract's body of a 403. */
const denied = (errors: readonly Denial[]): Answer => ({
  status: 403,
  body: { errors: errors.map(({ code, message }) => ({ code, message })) },
  problem: errors.map(({ code }) => code).join(' '),
});

/** Strict, for a misspelt dry run must not delete. */
const query = z.object({
  query: z.strictObject({ dry_run: z._default(z.enum(['true', 'false', 'True', 'False']), 'false') }),
});

/**
 * `DELETE /gdpr-api/v1/profiles/{id}?dry_run=`: all or nothing, as the contract has it. 204 where nothing of the person is
 * here any more (or would be); 403 where the law keeps cases or a form waits for its department, naming why, and then nothing is deleted: who wants the rest
 * gone does that in the portal itself. The log of who looked is no obstacle: it is not theirs to have deleted.
 */
export const removeByProfileSystem = async (
  { subject, isStrong, query: asked }: GdprRequest,
  dependencies: GdprRemovalDependencies,
): Promise<Answer> => {
  const dryRun = parse(query, { query: asked }).query.dry_run.toLowerCase() === 'true';
  const subjectKey = subjectKeyOf(dependencies.issuer, subject);
  const known = await dependencies.subjects.find(subjectKey);
  if (!known) return noContent();
  if (!isStrong) return denied([tooWeak]);
  const person = { ...known, subjectKey };
  const { keeps } = await planRemoval(person, dependencies);
  if (keeps.length > 0) return denied(keeps);
  if (dryRun) return noContent();
  await removePerson(person, dependencies);
  // One that was sent meanwhile is there, whatever went before it: who asked must not hear that nothing is.
  const late = (await planRemoval(person, dependencies)).keeps;
  return late.length > 0 ? denied(late) : noContent();
};
