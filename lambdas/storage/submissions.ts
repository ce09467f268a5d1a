import { randomUUID } from 'node:crypto';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type {
  Applicant,
  CaseAttachment,
  CaseContent,
  CaseNumber,
  EpochMs,
  OwnerId,
  PersonId,
} from '../domain/case.ts';
import type { CasePrefix } from '../domain/case-number.ts';
import { draftExpiry } from '../domain/draft.ts';
import type { Language, Translated } from '../domain/language.ts';
import { refuse } from '../domain/refusal.ts';
import { attachmentKey } from './attachments.ts';
import { nextCaseNumber, serviceRegister } from './case-numbers.ts';
import { numberKey, ownerKey, toExpiresAt, writeContent, writeEvent, writeHeader } from './case-rows.ts';
import { writeDelivery } from './delivery-rows.ts';
import type { Sealer } from './sealing.ts';
import { transact, type Write } from './transaction.ts';

interface Sent {
  readonly owner: OwnerId;
  readonly person: PersonId;
  /** The draft's id: however often it is sent, one case comes of it. */
  readonly draft: string;
  readonly service: string;
  readonly form: string;
  readonly formVersion: string;
  /** Tells one content from another: a draft is sent once, and never again with something else. */
  readonly digest: string;
  readonly at: EpochMs;
}

export interface Submission extends Sent {
  readonly title: Translated;
  readonly content: CaseContent;
}

/** A form that is never stored in the folder (R6.7). */
export interface DeliverySubmission extends Sent {
  readonly applicant: Applicant;
  readonly language: Language;
  readonly answers: Readonly<Record<string, unknown>>;
}

/** What is left of a draft that was sent: no answers, only that it was. */
export interface Receipt {
  readonly caseNumber: CaseNumber;
  readonly stored: boolean;
}

/** Sending, exactly once however often and by however many it is called. */
export interface Submissions {
  /**
   * The receipt of an earlier sending of this draft. Read consistently. Refuses `idempotency-key-reused` where that
   * was another content: a number in answer would tell its sender that it has arrived.
   */
  find(sent: Pick<Sent, 'owner' | 'draft' | 'digest'>, now: EpochMs): Promise<Receipt | undefined>;
  /** One transaction: header, first event, content, number, the draft's end. Whoever comes second gets the first's receipt, or is refused as by `find`. */
  submit(submission: Submission): Promise<Receipt>;
  /** The same for a form that is never stored: it waits for the department only. */
  deliver(submission: DeliverySubmission): Promise<Receipt>;
}

const receiptRow = z.object({
  caseNumber: z.string(),
  stored: z.boolean(),
  /** The digest: of few possible answers it would tell which, so nobody may read it. */
  sealed: z.instanceof(Uint8Array),
  expiresAt: z.number(),
});

const receiptContext = ({ owner, draft }: Pick<Sent, 'owner' | 'draft'>): string =>
  `receipt|${owner}|${draft}`;

export interface SubmissionsGround {
  readonly client: Pick<DynamoDBDocumentClient, 'send'>;
  readonly cases: string;
  readonly drafts: string;
  readonly prefix: CasePrefix;
  readonly sealer: Sealer;
}

/** Numbers tried before giving up: they are taken only after a counter was restored from an older backup. */
const numbersTried = 20;

export const submissions = ({ client, cases, drafts, prefix, sealer }: SubmissionsGround): Submissions => {
  const remember = serviceRegister({ client, table: cases });

  const draftKey = (owner: OwnerId, draft: string) => ({ pk: ownerKey(owner), sk: `DRAFT#${draft}` });

  /** The receipt a drafts row is, or undefined while it is a draft still or kept for no longer. */
  const readReceipt = async (
    row: unknown,
    sent: Pick<Sent, 'owner' | 'draft' | 'digest'>,
    now: EpochMs,
  ): Promise<Receipt | undefined> => {
    const read = receiptRow.safeParse(row);
    if (!read.success || read.data.expiresAt <= toExpiresAt(now)) return undefined;
    const { caseNumber, stored, sealed } = read.data;
    if ((await sealer.open(sealed, receiptContext(sent))) !== sent.digest)
      return refuse({ kind: 'idempotency-key-reused' });
    return { caseNumber, stored };
  };

  const putNew = (Item: Record<string, unknown>): Write => ({
    Put: { TableName: cases, Item, ConditionExpression: 'attribute_not_exists(pk)' },
  });

  /** Takes the draft's place, so that a second sending finds it. */
  const putReceipt = async (sent: Sent, receipt: Receipt): Promise<Write> => ({
    Put: {
      TableName: drafts,
      Item: {
        ...draftKey(sent.owner, sent.draft),
        ...receipt,
        sealed: await sealer.seal(sent.digest, receiptContext(sent)),
        expiresAt: toExpiresAt(draftExpiry(sent.at)),
      },
      ConditionExpression:
        'attribute_not_exists(pk) OR attribute_not_exists(caseNumber) OR expiresAt <= :now',
      ExpressionAttributeValues: { ':now': toExpiresAt(sent.at) },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  });

  /** Taken back in another window meanwhile, a file would be missing from the case. */
  const demandFile = ({ owner, draft }: Sent, { id }: CaseAttachment): Write => ({
    ConditionCheck: {
      TableName: drafts,
      Key: attachmentKey({ owner, id: draft }, id),
      ConditionExpression: 'attribute_exists(pk)',
    },
  });

  const caseWrites = async (sent: Submission, caseNumber: CaseNumber): Promise<Write[]> => {
    const { owner, person, draft, content, title, at, service, form, formVersion } = sent;
    const times = { submittedAt: at, updatedAt: at, contentUpdatedAt: at, contentUpdatedBy: person };
    const header = { caseNumber, owner, service, form, formVersion, names: title, ...times };
    const actor = { kind: 'citizen', person } as const;
    const event = { type: 'submitted', id: randomUUID(), sequence: 1, at, actor } as const;
    return [
      putNew(writeHeader({ ...header, status: 'sent', revision: 1 })),
      putNew(await writeEvent(sealer, owner, caseNumber, event)),
      putNew(await writeContent(sealer, owner, caseNumber, draft, content)),
    ];
  };

  const deliveryWrites = async (sent: DeliverySubmission, id: CaseNumber): Promise<Write[]> => [
    putNew(await writeDelivery(sealer, { ...sent, id, submittedAt: sent.at })),
  ];

  /** Files first, receipt last: its failure means that somebody was first; any between, that the number is taken. */
  const send = async (
    sent: Sent,
    stored: boolean,
    writes: (caseNumber: CaseNumber) => Promise<Write[]>,
    files: readonly Write[] = [],
  ): Promise<Receipt> => {
    await remember(sent.service);
    for (let tried = 0; tried < numbersTried; tried++) {
      const caseNumber = await nextCaseNumber({ client, table: cases }, prefix, sent.at);
      const receipt = { caseNumber, stored };
      const number = putNew({
        ...numberKey(caseNumber),
        service: sent.service,
        ...(stored && { owner: sent.owner }),
      });
      const outcome = await transact(client, [
        ...files,
        ...(await writes(caseNumber)),
        number,
        await putReceipt(sent, receipt),
      ]);
      if (outcome === undefined) return receipt;
      const winner = await readReceipt(outcome.at(-1)?.found, sent, sent.at);
      if (winner) return winner;
      if (outcome.slice(0, files.length).some(Boolean)) return refuse({ kind: 'attachment-missing' });
    }
    return refuse({ kind: 'unavailable' });
  };

  return {
    find: async (sent, now) => {
      const { Item } = await client.send(
        new GetCommand({ TableName: drafts, Key: draftKey(sent.owner, sent.draft), ConsistentRead: true }),
      );
      return readReceipt(Item, sent, now);
    },
    submit: sent => {
      const files = sent.content.attachments.map(file => demandFile(sent, file));
      return send(sent, true, caseNumber => caseWrites(sent, caseNumber), files);
    },
    deliver: sent => send(sent, false, id => deliveryWrites(sent, id)),
  };
};
