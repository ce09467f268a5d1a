/** What the portal keeps of a person, what of it may go when they ask, and what the law keeps (GDPR, articles 15, 17 and 20). */
import type { CaseNumber } from './case.ts';
import type { Translated } from './language.ts';
import type { Status } from './status.ts';

/** Kinds of what is deleted. `technical`: keys, marks and look-ups that say nothing by themselves. */
export const heldKinds = [
  'profile',
  'draft',
  'file',
  'receipt',
  'consent',
  'notification',
  'session',
  'technical',
] as const;
export type Held = (typeof heldKinds)[number];

export const keptReasons = ['CASE_IN_PROGRESS', 'CASE_ARCHIVED', 'DELIVERY_PENDING', 'ACCESS_LOG'] as const;
export type KeptReason = (typeof keptReasons)[number];

/** What stays, why, and until when: in the words of those it concerns. */
export interface Kept {
  readonly code: KeptReason;
  readonly message: Translated;
  /** Of the cases it is about. */
  readonly caseNumbers?: readonly CaseNumber[];
}

/**
 * A case is a document of an authority: it is kept unchanged, with whom it is from, for the time the archive's plan says
 * (Archives Act 831/1994, Information Management Act 906/2019), and the right to erasure does not reach it (GDPR,
 * article 17(3)(b) and (d)). Who looked is kept to protect the very person (Information Management Act, logs).
 */
const messages: Readonly<Record<KeptReason, Translated>> = {
  CASE_IN_PROGRESS: {
    fi: 'Käsiteltävänä olevat asiat: viranomaisen on ratkaistava ne ja säilytettävä niiden asiakirjat (hallintolaki, arkistolaki ja tiedonhallintalaki), joten niitä ei voi poistaa.',
    sv: 'Ärenden som behandlas: myndigheten måste avgöra dem och bevara deras handlingar (förvaltningslagen, arkivlagen och informationshanteringslagen), och därför kan de inte raderas.',
    en: 'Cases that are being handled: the authority must decide them and keep their documents (Administrative Procedure Act, Archives Act and Information Management Act), so they cannot be deleted.',
  },
  CASE_ARCHIVED: {
    fi: 'Päättyneet asiat: niiden asiakirjat säilytetään muuttumattomina niille määrätyn ajan (arkistolaki ja tiedonhallintalaki) ja hävitetään tai arkistoidaan sen jälkeen.',
    sv: 'Avslutade ärenden: deras handlingar bevaras oförändrade under den fastställda bevaringstiden (arkivlagen och informationshanteringslagen) och förstörs eller arkiveras därefter.',
    en: 'Closed cases: their documents are kept unchanged for the period laid down for them (Archives Act and Information Management Act), and are then destroyed or archived.',
  },
  DELIVERY_PENDING: {
    fi: 'Lomakkeet, joita ei säilytetä asioinnissa ja joita virasto ei ole vielä noutanut: viranomainen on saanut ne (hallintolaki), joten ne toimitetaan perille. Ne ja tieto niiden lähettämisestä voi poistaa sen jälkeen.',
    sv: 'Blanketter som inte sparas i e-tjänsterna och som myndigheten ännu inte har hämtat: de har inkommit till myndigheten (förvaltningslagen) och levereras därför. De och uppgiften om att de har skickats kan raderas därefter.',
    en: 'Forms that are not stored in the e-services and that the department has not fetched yet: the authority has received them (Administrative Procedure Act), so they are delivered. They, and the record that they were sent, can be deleted after that.',
  },
  ACCESS_LOG: {
    fi: 'Tieto kirjautumisista ja siitä, kuka on katsonut asioitasi, säilytetään viisi vuotta oikeuksiesi turvaamiseksi (tiedonhallintalaki). Sitä ei voi muuttaa eikä poistaa.',
    sv: 'Uppgifterna om inloggningar och om vem som har tittat på dina ärenden bevaras i fem år för att trygga dina rättigheter (informationshanteringslagen). De kan inte ändras eller raderas.',
    en: 'The record of sign-ins and of who has looked at your cases is kept for five years to protect your rights (Information Management Act). It cannot be changed or deleted.',
  },
};

/** Somebody still works on these, or the citizen is asked for something. */
const inProgress: readonly Status[] = ['sent', 'received', 'processing', 'waiting'];

const kept = (code: KeptReason, caseNumbers?: readonly CaseNumber[]): Kept => ({
  code,
  message: messages[code],
  ...(caseNumbers && { caseNumbers }),
});

export interface CaseKept {
  readonly caseNumber: CaseNumber;
  readonly status: Status;
}

/** Cases the law keeps, by why. */
export const keptCases = (cases: readonly CaseKept[]): readonly Kept[] => {
  const numbers = (wanted: boolean) =>
    cases.filter(({ status }) => inProgress.includes(status) === wanted).map(({ caseNumber }) => caseNumber);
  const [open, ended] = [numbers(true), numbers(false)];
  return [
    ...(open.length > 0 ? [kept('CASE_IN_PROGRESS', open)] : []),
    ...(ended.length > 0 ? [kept('CASE_ARCHIVED', ended)] : []),
  ];
};

/** Forms that are never stored, and that their department has not fetched yet. */
export const keptDeliveries = (waiting: readonly CaseNumber[]): readonly Kept[] =>
  waiting.length > 0 ? [kept('DELIVERY_PENDING', waiting)] : [];

export const keptLog = (): Kept => kept('ACCESS_LOG');

/** How many of each kind, in the order of `heldKinds`; kinds there are none of are left out. */
export const countHeld = (
  what: readonly Held[],
): readonly { readonly what: Held; readonly count: number }[] =>
  heldKinds
    .map(kind => ({ what: kind, count: what.filter(one => one === kind).length }))
    .filter(({ count }) => count > 0);
