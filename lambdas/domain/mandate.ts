import type { EpochMs } from './case.ts';

/** The right to act for an organisation, as the state's register of mandates (Suomi.fi e-Authorizations) has it. */
export interface Mandate {
  readonly businessId: string;
  readonly name: string;
  /** The register's own codes (`NIMKO`): what the organisation lets this person do. */
  readonly roles: readonly string[];
}

/** A mandate in use: how it stood when the register was asked last. */
export interface MandateInUse {
  readonly roles: readonly string[];
  readonly checkedAt: EpochMs;
  /** The register has it no more: the folder is closed to this session. */
  readonly isLost: boolean;
}

/** A mandate taken away is noticed within the hour, and at once when something is sent. */
export const mandateMs = 60 * 60 * 1000;

/** Whether the register must be asked again; also where the clock was set back since. */
export const isMandateStale = ({ checkedAt }: Pick<MandateInUse, 'checkedAt'>, now: EpochMs): boolean =>
  Math.abs(now - checkedAt) >= mandateMs;

/** Whether somebody with these roles may use what asks for any of `wanted`; where nothing is asked for, any mandate will do. */
export const holdsRole = (wanted: readonly string[] | undefined, roles: readonly string[]): boolean =>
  wanted === undefined || wanted.some(role => roles.includes(role));

export interface Acting {
  readonly kind: 'person' | 'organisation';
  readonly mandate?: Pick<MandateInUse, 'roles'>;
}

/** Whether an organisation lets this person do what a form asks for; in one's own matters nothing is asked. */
export const mayUse = ({ kind, mandate }: Acting, wanted: readonly string[] | undefined): boolean =>
  kind === 'person' || holdsRole(wanted, mandate?.roles ?? []);
