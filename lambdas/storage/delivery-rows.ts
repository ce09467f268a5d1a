import * as z from 'zod/mini';
import type { Applicant, CaseNumber, EpochMs } from '../domain/case.ts';
import type { Language } from '../domain/language.ts';
import type { Sealer } from './sealing.ts';

/** A form that waits for its department and is then gone (R6.7). */
export interface Delivery {
  /** The case number the sender was told. */
  readonly id: CaseNumber;
  readonly service: string;
  readonly form: string;
  readonly formVersion: string;
  readonly submittedAt: EpochMs;
  readonly applicant: Applicant;
  readonly language: Language;
  readonly answers: Readonly<Record<string, unknown>>;
  /** Goes into the hash that the sender's receipt names (`domain/receipt.ts`). */
  readonly salt?: string;
}

export type DeliverySummary = Pick<Delivery, 'id' | 'service' | 'form' | 'formVersion' | 'submittedAt'>;

export const deliveriesKey = (service: string): string => `DELIVERIES#${service}`;

const context = ({ service, id }: Pick<Delivery, 'service' | 'id'>): string => `delivery|${service}|${id}`;

const row = z.object({
  pk: z.string(),
  sk: z.string(),
  form: z.string(),
  version: z.string(),
  submittedAt: z.number(),
});
const sealedRow = z.object({ sealed: z.instanceof(Uint8Array) });

/** No attribute of it names the sender: who it is from is sealed with the answers. */
export const writeDelivery = async (sealer: Sealer, delivery: Delivery): Promise<Record<string, unknown>> => {
  const { applicant, language, answers, salt } = delivery;
  return {
    pk: deliveriesKey(delivery.service),
    sk: delivery.id,
    form: delivery.form,
    version: delivery.formVersion,
    submittedAt: delivery.submittedAt,
    sealed: await sealer.seal(JSON.stringify({ applicant, language, answers, salt }), context(delivery)),
  };
};

export const readDelivery = (item: unknown): DeliverySummary => {
  const { pk, sk, form, version, submittedAt } = row.parse(item);
  return { id: sk, service: pk.slice('DELIVERIES#'.length), form, formVersion: version, submittedAt };
};

export const openDelivery = async (sealer: Sealer, item: unknown): Promise<Delivery> => {
  const summary = readDelivery(item);
  const { sealed } = sealedRow.parse(item);
  return { ...summary, ...JSON.parse(await sealer.open(sealed, context(summary))) };
};
