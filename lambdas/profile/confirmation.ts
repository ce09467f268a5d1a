import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { EpochMs } from '../domain/case.ts';
import { type ContactField, contactFields } from '../domain/contact.ts';
import {
  type Address,
  addressToConfirm,
  type Changed,
  confirmAddress,
  readCode,
  type Warning,
} from '../domain/contact-change.ts';
import type { Language } from '../domain/language.ts';
import { hasConsented, type Profile } from '../domain/profile.ts';
import { Refusal, refuse } from '../domain/refusal.ts';
import { type Answer, ok } from '../http/answer.ts';
import { parse } from '../http/body.ts';
import type { CitizenRequest } from '../http/request.ts';
import type { CodeOutcome, ProfileAnswer } from '../http/wire/profile.ts';
import type { Letter } from '../notifications/letter.ts';
import { recipientAt } from '../notifications/recipient.ts';
import type { ConfirmationCodes } from '../storage/confirmation-codes.ts';
import type { Profiles } from '../storage/profiles.ts';
import { hasLeft, type TellDependencies, tellOldAddresses } from './warn.ts';

export interface ConfirmationDependencies extends TellDependencies {
  readonly profiles: Profiles;
  readonly codes: ConfirmationCodes;
  readonly texts: TellDependencies['texts'] & {
    readonly code: (language: Language, code: string) => Letter;
  };
}

type Codes = NonNullable<ProfileAnswer['codes']>;

/** What its owner sees. When what was confirmed is nobody's matter. */
export const toAnswer = (
  { owner: _owner, consent, confirmed, ...profile }: Profile,
  codes: Codes = {},
): ProfileAnswer => {
  const unconfirmed = contactFields.filter(
    field => profile[field] !== undefined && confirmed?.[field] === undefined,
  );
  return {
    registered: hasConsented({ consent }),
    ...profile,
    ...(unconfirmed.length > 0 && { unconfirmed }),
    ...(Object.keys(codes).length > 0 && { codes }),
  };
};

/** What a change owes to the addresses that it takes out of use. */
export const owedFor = ({ gone, profile: { language } }: Changed, at: EpochMs): readonly Warning[] =>
  gone.map(address => ({ id: randomUUID(), ...address, language, at }));

const sendCode = async (
  { session, now }: CitizenRequest,
  { owner, language }: Profile,
  address: Address,
  { codes, notify, texts }: ConfirmationDependencies,
): Promise<CodeOutcome> => {
  const code = await codes.issue(owner, session.identityKeys.person, address, now);
  const delivery = await notify(recipientAt(address), texts.code(language, code));
  // Who gets nothing asks for another.
  return hasLeft(delivery) ? 'sent' : 'failed';
};

const outcomeOf = (error: unknown): CodeOutcome => {
  const isTooMany = error instanceof Refusal && error.reason.kind === 'too-many-codes';
  return isTooMany ? 'too-many' : 'failed';
};

/** A code to each of these fields' addresses, at once. The change is saved by now: what cannot be sent is only said. */
export const sendCodes = async (
  request: CitizenRequest,
  profile: Profile,
  fields: readonly ContactField[],
  dependencies: ConfirmationDependencies,
): Promise<Codes> => {
  const send = async (field: ContactField): Promise<Codes> => {
    const address = addressToConfirm(profile, field);
    if (address === undefined) return {};
    return {
      [field]: await sendCode(request, profile, { field, address }, dependencies).catch(outcomeOf),
    };
  };
  return Object.assign({}, ...(await Promise.all(fields.map(send))));
};

const ownProfile = async ({ session }: CitizenRequest, profiles: Profiles): Promise<Profile> =>
  (session.registered ? await profiles.get(session.owner) : undefined) ??
  refuse({ kind: 'registration-required' });

/** The address to be confirmed; refuses where there is none. */
const addressIn = (profile: Profile, field: ContactField): Address => {
  const address = addressToConfirm(profile, field);
  return address === undefined
    ? refuse({ kind: 'invalid-request', errors: [{ pointer: '/field', code: 'missing' }] })
    : { field, address };
};

const codeRequest = z.object({ field: z.enum(contactFields) });

/** `POST profile/codes`: another code, or the first for an address given at registration. Refuses `too-many-codes`. */
export const requestCode = async (
  request: CitizenRequest,
  dependencies: ConfirmationDependencies,
): Promise<Answer> => {
  const { field } = parse(codeRequest, request.body);
  const profile = await ownProfile(request, dependencies.profiles);
  const isConfirmed = profile.wanted?.[field] === undefined && profile.confirmed?.[field] !== undefined;
  if (isConfirmed) return ok(toAnswer(profile));
  const outcome = await sendCode(request, profile, addressIn(profile, field), dependencies);
  return ok(toAnswer(profile, { [field]: outcome }));
};

const confirmationRequest = z.extend(codeRequest, { code: z.string().check(z.maxLength(20)) });

const checkCode = async (
  { owner }: Profile,
  address: Address,
  typed: string,
  now: number,
  { codes }: ConfirmationDependencies,
): Promise<void> => {
  const code = readCode(typed);
  if (code === undefined)
    return refuse({ kind: 'invalid-request', errors: [{ pointer: '/code', code: 'format' }] });
  const checked = await codes.check(owner, address, code, now);
  if (checked.is === 'expired') refuse({ kind: 'code-expired' });
  if (checked.is === 'wrong') refuse({ kind: 'code-wrong', triesLeft: checked.triesLeft });
};

const isStale = (error: unknown): boolean =>
  error instanceof Refusal && error.reason.kind === 'precondition-failed';

/** Somebody may save something else meanwhile; the address that the code was for must still be the one to confirm. */
const confirmed = async (
  request: CitizenRequest,
  { field, address }: Address,
  { profiles }: ConfirmationDependencies,
) => {
  for (let attempt = 0; attempt < 3; attempt++) {
    const profile = await ownProfile(request, profiles);
    if (addressToConfirm(profile, field) !== address) return refuse({ kind: 'code-expired' });
    const changed = confirmAddress(profile, field, request.now);
    const saved: Profile = { ...changed.profile, revision: profile.revision + 1 };
    const owed = owedFor(changed, request.now);
    try {
      await profiles.replace(saved, owed);
      return { profile: saved, owed };
    } catch (error) {
      if (!isStale(error)) throw error;
    }
  }
  return refuse({ kind: 'conflict' });
};

/**
 * `POST profile/confirmations`: the code that came to the address. Refuses `code-wrong`, with the tries that are left,
 * and `code-expired`.
 */
export const confirmContact = async (
  request: CitizenRequest,
  dependencies: ConfirmationDependencies,
): Promise<Answer> => {
  const { field, code } = parse(confirmationRequest, request.body);
  const profile = await ownProfile(request, dependencies.profiles);
  const address = addressIn(profile, field);
  await checkCode(profile, address, code, request.now, dependencies);
  const changed = await confirmed(request, address, dependencies);
  await tellOldAddresses(changed.owed, dependencies);
  return ok(toAnswer(changed.profile));
};
