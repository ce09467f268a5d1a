import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { CaseAttachment, CaseNumber, EpochMs, OwnerId } from '../domain/case.ts';
import type { CasePrefix } from '../domain/case-number.ts';
import { draftExpiry } from '../domain/draft.ts';
import { refuse } from '../domain/refusal.ts';
import { attachmentKey } from './attachment-rows.ts';
import { numberKey, ownerKey } from './case-keys.ts';
import { nextCaseNumber, serviceRegister } from './case-numbers.ts';
import { writeConsent } from './consents.ts';
import type { Courses, Ticket } from './courses.ts';
import { notDeletedSince } from './deletion-marks.ts';
import { epochSeconds } from './dynamodb.ts';
import type { Sealer } from './sealing.ts';
import type { DeliverySubmission, Receipt, Sent, Submission } from './sending.ts';
import { type Attempt, caseAttempt, deliveryAttempt, putNew } from './sending-attempts.ts';
import { readSealed, receiptContext, receiptRow } from './sending-rows.ts';
import { type Outcome, transact, type Write } from './transaction.ts';

export interface DraftEnding {
  /** The files that came with it, and its receipt. */
  readonly writes: readonly Write[];
  /** Refuses where a file stood in the way of these writes. */
  readonly hindered: (outcome: Outcome) => void;
}

/** Sending, exactly once however often and by however many it is called. */
export interface Submissions {
  /**
   * The receipt of an earlier sending of this draft. Read consistently. Refuses `idempotency-key-reused` where that
   * was another content: a number in answer would tell its sender that it has arrived.
   */
  find(sent: Pick<Sent, 'owner' | 'draft' | 'digest'>, now: EpochMs): Promise<Receipt | undefined>;
  /**
   * One transaction: header, first event, content, number, the draft's end, the place of a course. Whoever comes
   * second gets the first's receipt, or is refused as by `find`. Refuses `course-full`, and `session-expired` where
   * the sender's data has been deleted since they signed in.
   */
  submit(submission: Submission): Promise<Receipt>;
  /** How a draft ends that belongs to a case already. */
  ending(sent: Sent, files: readonly CaseAttachment[], caseNumber: CaseNumber): Promise<DraftEnding>;
  /** The same for a form that is never stored: it waits for the department only. */
  deliver(submission: DeliverySubmission): Promise<Receipt>;
}

export interface SubmissionsGround {
  readonly client: Pick<DynamoDBDocumentClient, 'send'>;
  readonly cases: string;
  readonly drafts: string;
  readonly attachments: string;
  readonly deliveries: string;
  readonly prefix: CasePrefix;
  readonly sealer: Sealer;
  readonly courses: Pick<Courses, 'arrive'>;
}

/** Numbers tried before giving up: they are taken only after a counter was restored from an older backup. */
const numbersTried = 20;

export const submissions = (ground: SubmissionsGround): Submissions => {
  const { client, cases, drafts, attachments, prefix, sealer } = ground;
  const remember = serviceRegister({ client, table: cases });

  const draftKey = (owner: OwnerId, draft: string) => ({ pk: ownerKey(owner), sk: `DRAFT#${draft}` });

  /** The receipt a drafts row is, or undefined while it is a draft still or kept for no longer. */
  const readReceipt = async (
    row: unknown,
    sent: Pick<Sent, 'owner' | 'draft' | 'digest'>,
    now: EpochMs,
  ): Promise<Receipt | undefined> => {
    const read = receiptRow.safeParse(row);
    if (!read.success || read.data.expiresAt <= epochSeconds(now)) return undefined;
    const { caseNumber, stored, place, sealed } = read.data;
    const { digest } = readSealed(await sealer.open(sealed, receiptContext(sent)));
    if (digest !== sent.digest) return refuse({ kind: 'idempotency-key-reused' });
    return { caseNumber, stored, ...(place && { place }) };
  };

  /** Takes the draft's place, so that a second sending finds it. */
  const putReceipt = async (sent: Sent, { receipt, facts }: Attempt): Promise<Write> => ({
    Put: {
      TableName: drafts,
      Item: {
        ...draftKey(sent.owner, sent.draft),
        ...receipt,
        sealed: await sealer.seal(JSON.stringify({ digest: sent.digest, facts }), receiptContext(sent)),
        expiresAt: epochSeconds(draftExpiry(sent.at)),
      },
      ConditionExpression:
        'attribute_not_exists(pk) OR attribute_not_exists(caseNumber) OR expiresAt <= :now',
      ExpressionAttributeValues: { ':now': epochSeconds(sent.at) },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  });

  /**
   * Makes a file the case's: whoever judges it later tells the case. Taken back in another window meanwhile, or found
   * to be malware, it would be missing from it.
   */
  const takeFile = ({ owner, draft }: Sent, { id }: CaseAttachment, caseNumber: CaseNumber): Write => ({
    Update: {
      TableName: attachments,
      Key: attachmentKey({ owner, id: draft }, id),
      UpdateExpression: 'SET caseNumber = :case',
      ConditionExpression:
        'attribute_exists(pk) AND attribute_not_exists(gone) AND attribute_not_exists(caseNumber) AND #state <> :refused',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':case': caseNumber, ':refused': 'refused' },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  });

  const demandFiles = (outcome: Outcome): void => {
    const missing = outcome.find(Boolean);
    if (missing?.found?.state === 'refused')
      refuse({ kind: 'attachment-refused', why: String(missing.found.why) });
    if (missing) refuse({ kind: 'attachment-missing' });
  };

  const numberWrite = ({ owner, service }: Sent, { caseNumber, stored }: Receipt): Write =>
    putNew(cases, { ...numberKey(caseNumber), service, ...(stored && { owner }) });

  /** Only a person's own folder can be deleted. */
  const unlessDeleted = ({ owner, person, signedInAt }: Sent): readonly Write[] =>
    owner === person ? [notDeletedSince(cases, owner, signedInAt)] : [];

  /** Files first, receipt last: its failure means that somebody was first; any between, that a number is taken. */
  const send = async (
    sent: Sent,
    attempt: (caseNumber: CaseNumber, abandoned?: number) => Promise<Attempt>,
    files: readonly CaseAttachment[] = [],
  ): Promise<Receipt> => {
    await remember(sent.service);
    let abandoned: number | undefined;
    for (let tried = 0; tried < numbersTried; tried++) {
      const made = await attempt(await nextCaseNumber({ client, table: cases }, prefix, sent.at), abandoned);
      const guard = unlessDeleted(sent);
      const outcome = await transact(client, [
        ...guard,
        ...files.map(file => takeFile(sent, file, made.receipt.caseNumber)),
        ...made.writes,
        numberWrite(sent, made.receipt),
        ...(sent.consent ? [writeConsent(cases, sent.owner, sent.form, sent.at)] : []),
        await putReceipt(sent, made),
      ]);
      if (outcome === undefined) return made.receipt;
      if (guard.some((_, index) => outcome[index])) refuse({ kind: 'session-expired', ended: 'signed-out' });
      const winner = await readReceipt(outcome.at(-1)?.found, sent, sent.at);
      if (winner) return winner;
      const written = outcome.slice(guard.length);
      demandFiles(written.slice(0, files.length));
      if (written[files.length + made.writes.length - 1]) abandoned = made.ticket?.arrival;
    }
    return refuse({ kind: 'unavailable' });
  };

  /** The draft's own number of arrival; another one only where that was taken for abandoned. */
  const arrive = async (
    { owner, draft, form, course, at: now }: Submission,
    instead?: number,
  ): Promise<Ticket | undefined> =>
    course &&
    ground.courses.arrive({ form, course, owner, draft, now, ...(instead !== undefined && { instead }) });

  return {
    find: async (sent, now) => {
      const { Item } = await client.send(
        new GetCommand({ TableName: drafts, Key: draftKey(sent.owner, sent.draft), ConsistentRead: true }),
      );
      return readReceipt(Item, sent, now);
    },
    submit: sent =>
      send(
        sent,
        async (caseNumber, abandoned) => caseAttempt(ground, sent, caseNumber, await arrive(sent, abandoned)),
        sent.content.attachments,
      ),
    ending: async (sent, files, caseNumber) => ({
      writes: [
        ...files.map(file => takeFile(sent, file, caseNumber)),
        await putReceipt(sent, { receipt: { caseNumber, stored: true }, writes: [] }),
      ],
      hindered: outcome => demandFiles(outcome.slice(0, files.length)),
    }),
    deliver: sent => send(sent, id => deliveryAttempt(ground, sent, id)),
  };
};
