import type { Translated } from './language.ts';

/** Statuses of a sent case (R7.2); which may follow which is data. A draft is not a case and has none of these. */
export const statuses = [
  'sent',
  'received',
  'processing',
  'waiting',
  'solved',
  'closed',
  'cancelled',
  'rejected',
] as const;
export type Status = (typeof statuses)[number];

const open = ['received', 'processing', 'waiting', 'solved', 'closed', 'cancelled', 'rejected'] as const;

/** A case goes forward; what is decided can be taken up again (*oikaisu*), what is closed for good cannot. */
export const transitions: Readonly<Record<Status, readonly Status[]>> = {
  sent: open,
  received: ['processing', 'waiting', 'solved', 'closed', 'cancelled', 'rejected'],
  processing: ['waiting', 'solved', 'closed', 'cancelled', 'rejected'],
  waiting: ['processing', 'solved', 'closed', 'cancelled', 'rejected'],
  solved: ['processing', 'closed'],
  rejected: ['processing', 'closed'],
  cancelled: ['closed'],
  closed: [],
};

export const statusNames: Readonly<Record<Status | 'draft', Translated>> = {
  draft: { fi: 'Luonnos', sv: 'Utkast', en: 'Draft' },
  sent: { fi: 'Lähetetty', sv: 'Skickad', en: 'Sent' },
  received: { fi: 'Vastaanotettu', sv: 'Mottagen', en: 'Received' },
  processing: { fi: 'Käsittelyssä', sv: 'Under behandling', en: 'Being processed' },
  waiting: { fi: 'Odottaa', sv: 'Väntar', en: 'Waiting' },
  solved: { fi: 'Ratkaistu', sv: 'Avgjord', en: 'Solved' },
  closed: { fi: 'Päätetty', sv: 'Avslutad', en: 'Closed' },
  cancelled: { fi: 'Peruttu', sv: 'Återkallad', en: 'Cancelled' },
  rejected: { fi: 'Hylätty', sv: 'Avslagen', en: 'Rejected' },
};

export const isStatus = (value: unknown): value is Status => statuses.includes(value as Status);

export const mayFollow = (from: Status, to: Status): boolean => transitions[from].includes(to);
