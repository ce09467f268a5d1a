/** Own details, and the codes that confirm addresses. */
import type { ContactField } from '../../domain/contact.ts';
import type { Language } from '../../domain/language.ts';

export type Channel = 'email' | 'sms';

/** `GET profile`. */
export interface ProfileAnswer {
  /** False before registration, and while the wording of the consent in force has not been agreed to. */
  readonly registered: boolean;
  readonly kind: 'person' | 'organisation';
  readonly name: string;
  /** A person's own; absent for an eIDAS user and in an organisation's folder. */
  readonly identityCode?: string;
  readonly businessId?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly channel?: Channel;
  readonly language?: Language;
  readonly revision: number;
  /** Addresses in use that no code has confirmed yet. */
  readonly unconfirmed?: readonly ContactField[];
  /** Addresses given since; each is used once its code has come back. */
  readonly wanted?: Readonly<Partial<Record<ContactField, string>>>;
  /** Taken away, and used still until what is wanted in its place is confirmed. */
  readonly leaving?: ContactField;
  /** What became of the codes that this very request had sent. */
  readonly codes?: Readonly<Partial<Record<ContactField, CodeOutcome>>>;
}

export type CodeOutcome = 'sent' | 'failed' | 'too-many';

/** `POST profile/codes`: a code to the address that is wanted, or else to the unconfirmed one in use; answers `ProfileAnswer`. */
export interface CodeRequest {
  readonly field: ContactField;
}

/** `POST profile/confirmations`: the code that came; answers `ProfileAnswer`. */
export interface ConfirmationRequest extends CodeRequest {
  readonly code: string;
}

/** `PUT profile`; `consent` is needed the first time and when its wording has changed. `revision` is the one that was read (0 before registration). */
export interface ProfileRequest {
  readonly email?: string;
  readonly phone?: string;
  readonly channel: Channel;
  readonly language: Language;
  readonly revision: number;
  readonly consent?: { readonly version: string; readonly language: Language };
}
