import { isDeepStrictEqual } from 'node:util';
import { type AmendmentOf, changesBetween } from '../domain/amendment.ts';
import type { AmendedContent, CaseAttachment } from '../domain/case.ts';
import { answersLimitBytes } from '../domain/draft.ts';
import { withoutHelpers } from '../domain/forms/helpers.ts';
import { refuse } from '../domain/refusal.ts';
import { actorIn } from '../domain/session.ts';
import type { CitizenRequest } from '../http/request.ts';
import type { SubmissionAnswer } from '../http/wire/cases.ts';
import type { CaseEvents, NewEvent } from '../storage/case-events.ts';
import type { Cases, OpenedCase } from '../storage/cases.ts';
import type { Sent } from '../storage/sending.ts';
import type { Submissions } from '../storage/submissions.ts';
import type { Write } from '../storage/transaction.ts';

export interface AmendDependencies {
  readonly cases: Pick<Cases, 'open'>;
  readonly events: Pick<CaseEvents, 'add'>;
  readonly submissions: Pick<Submissions, 'ending'>;
  readonly writeVersion: (owner: string, amendment: AmendmentOf, content: AmendedContent) => Promise<Write>;
}

/** What was sent in the draft of a change, judged as any form. */
export interface Amendment {
  readonly of: AmendmentOf;
  readonly sent: Sent;
  readonly content: Pick<AmendedContent, 'answers' | 'helpers' | 'language' | 'formVersion'>;
  /** Every file the answers name; of those the case has already, nothing more is asked. */
  readonly filesBeside: (known: readonly CaseAttachment[]) => Promise<readonly CaseAttachment[]>;
}

/** Its form allows it in the status the case has, and nobody has changed it since this draft was begun. */
const mayAmend =
  ({ content }: OpenedCase, version: number): NewEvent['judge'] =>
  async ({ status }, past) => {
    if (!content.amendment?.includes(status)) refuse({ kind: 'amendment-not-allowed' });
    const earlier = (await past()).filter(({ type }) => type === 'amendment').length;
    return earlier === version - 1 ? status : refuse({ kind: 'conflict' });
  };

const forDepartment = ({ answers, helpers }: Pick<AmendedContent, 'answers' | 'helpers'>) =>
  withoutHelpers(answers, helpers);

/**
 * Sending the draft of a change: a new version of what was sent, which stays as it was, and an event that says field by
 * field what differs. All in one transaction with the draft's end; once, however often it is sent.
 */
export const amendCase = async (
  { session, now }: CitizenRequest,
  { of, sent, content, filesBeside }: Amendment,
  dependencies: AmendDependencies,
): Promise<SubmissionAnswer> => {
  const { caseNumber, version } = of;
  const { owner } = session;
  const opened = (await dependencies.cases.open(owner, caseNumber)) ?? refuse({ kind: 'not-found' });
  if (opened.header.form !== sent.form) refuse({ kind: 'not-found' });
  const { current } = opened;
  const known = current.attachments;
  const files = (await filesBeside(known)).map(file =>
    known.some(({ id }) => id === file.id) ? file : { ...file, draft: sent.draft },
  );
  const added = files.filter(file => !known.includes(file));
  const { formVersion, answers } = content;
  const changes = changesBetween(current.answers, answers);
  const told = changesBetween(forDepartment(current), forDepartment(content));
  const body = {
    type: 'amendment' as const,
    formVersion,
    changes,
    ...(!isDeepStrictEqual(told, changes) && { handedOver: told }),
  };
  if (Buffer.byteLength(JSON.stringify(body)) > answersLimitBytes)
    refuse({ kind: 'too-large', limitBytes: answersLimitBytes });
  const ending = await dependencies.submissions.ending(sent, added, caseNumber);
  await dependencies.events.add({
    owner,
    caseNumber,
    key: `amendment ${version}`,
    body,
    actor: actorIn(session),
    now,
    judge: mayAmend(opened, version),
    tell: false,
    along: [...ending.writes, await dependencies.writeVersion(owner, of, { ...content, attachments: files })],
    hindered: ending.hindered,
  });
  return { caseNumber, stored: true };
};
