/** Services, bulletins and what is popular: public, the same for everybody. */
import type { EpochMs } from '../../domain/case.ts';
import type { Language, Translated } from '../../domain/language.ts';

/** One of the portal's own services, as `GET services` lists it. */
export interface ServiceSummary {
  readonly id: string;
  readonly name: Translated;
  readonly form?: string;
  readonly applicants: readonly ('person' | 'organisation')[];
  /** False: never stored in the folder (R6.7). */
  readonly stored: boolean;
}

/** `GET bulletins`: what departments announce now (R5.3), the newest first. The same for everybody. */
export interface BulletinAnswer {
  /** Its department's name for it; two departments may have the same. */
  readonly id: string;
  /** Plain text. */
  readonly text: Translated;
  readonly from: EpochMs;
  readonly until: EpochMs;
}

/** `GET popular-services` (R5.4): the most popular first. */
export interface PopularService {
  readonly id: string;
  readonly name: Translated;
  /** The language each name is really in: a service of the register may lack some. */
  readonly writtenIn: Readonly<Record<Language, Language>>;
  /** Empty where the register does not know. */
  readonly applicants: readonly ('person' | 'organisation')[];
}
