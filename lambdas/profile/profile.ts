import * as z from 'zod/mini';
import { consentVersion } from '../../web/content/consent/version.ts';
import { signInOf } from '../domain/access-log.ts';
import type { OwnerId, PersonId } from '../domain/case.ts';
import { type ContactField, contactFields } from '../domain/contact.ts';
import { changeContact } from '../domain/contact-change.ts';
import { languages } from '../domain/language.ts';
import { type Consent, hasConsented, type Profile, registeredAs, toContact } from '../domain/profile.ts';
import { refuse } from '../domain/refusal.ts';
import type { Session } from '../domain/session.ts';
import { type Answer, ok } from '../http/answer.ts';
import { parse } from '../http/body.ts';
import type { CitizenRequest } from '../http/request.ts';
import type { ProfileAnswer } from '../http/wire/profile.ts';
import type { AccessLog } from '../storage/access-log.ts';
import type { Profiles } from '../storage/profiles.ts';
import type { Sessions } from '../storage/sessions.ts';
import type { Subjects } from '../storage/subjects.ts';
import { type ConfirmationDependencies, owedFor, sendCodes, toAnswer } from './confirmation.ts';
import { tellOldAddresses } from './warn.ts';

export interface ProfileDependencies extends ConfirmationDependencies {
  readonly sessions: Pick<Sessions, 'register'>;
  readonly log: Pick<AccessLog, 'addSignIn'>;
  /** Absent where sessions name no lasting subject. */
  readonly subjects?: Pick<Subjects, 'know'>;
}

/** Longer ones are no addresses, and are refused before anything looks at them. */
const address = z.optional(z.string().check(z.maxLength(320)));

const profileRequest = z.object({
  email: address,
  phone: address,
  channel: z.enum(['email', 'sms']),
  language: z.enum(languages),
  revision: z.int().check(z.gte(0)),
  consent: z.optional(z.object({ version: z.string(), language: z.enum(languages) })),
});
type ProfileRequest = z.infer<typeof profileRequest>;

/** What the state's registers say, and nothing kept yet. */
const unregistered = (session: Session): ProfileAnswer => ({
  registered: false,
  ...registeredAs(session.identity),
  revision: 0,
});

/** Lets the session into a folder. Who signed in, and when, is written down now: before there was nowhere to write it. */
const letIn = async (
  session: Session,
  owner: OwnerId,
  person: PersonId,
  { sessions, log }: Pick<ProfileDependencies, 'sessions' | 'log'>,
): Promise<void> => {
  await log.addSignIn(signInOf({ ...session, owner, person }));
  await sessions.register(session, owner, person);
};

/** By which name the city's other systems will ask for this person's data. */
const remember = async (
  { kind, subjectKey, identityKeys }: Session,
  owner: OwnerId,
  { subjects }: Pick<ProfileDependencies, 'subjects'>,
): Promise<void> => {
  if (kind !== 'person' || subjectKey === undefined) return;
  await subjects?.know(subjectKey, { owner, identityKey: identityKeys.person });
};

/** Lets the session into the folder that has been registered. */
const enter = async (
  session: Session,
  { owner }: Profile,
  dependencies: ProfileDependencies,
): Promise<void> => {
  const { identityKeys, kind } = session;
  const { profiles } = dependencies;
  const person = kind === 'person' ? owner : await profiles.personOf(identityKeys.person, session.person);
  await remember(session, owner, dependencies);
  await letIn(session, owner, person, dependencies);
};

/**
 * The profile as it is now. Somebody may have registered the same folder in another browser, or a colleague
 * the organisation's: then this session is led to that folder.
 */
const findProfile = async (
  session: Session,
  dependencies: ProfileDependencies,
): Promise<Profile | undefined> => {
  const { profiles } = dependencies;
  if (session.registered) return profiles.get(session.owner);
  const owner = await profiles.ownerOf(session.identityKeys.owner);
  const profile = owner === undefined ? undefined : await profiles.get(owner);
  if (profile && hasConsented(profile)) await enter(session, profile, dependencies);
  return profile;
};

/** `GET profile` (R4.2). */
export const showProfile = async (
  { session }: CitizenRequest,
  dependencies: ProfileDependencies,
): Promise<Answer> => {
  const profile = await findProfile(session, dependencies);
  return ok(profile ? toAnswer(profile) : unregistered(session));
};

const contactOf = (request: ProfileRequest) => {
  const read = toContact(request);
  return 'errors' in read ? refuse({ kind: 'invalid-request', errors: read.errors }) : read.contact;
};

/**
 * The session's ids are only proposed until something is kept. The person may have got one that lasts since then:
 * by registering elsewhere, or by acting for an organisation.
 */
const lastingIds = async (
  { owner, person, kind, identityKeys }: Session,
  profiles: Profiles,
): Promise<Pick<Session, 'owner' | 'person'>> => {
  const lasting = (await profiles.ownerOf(identityKeys.person)) ?? person;
  return kind === 'person' ? { owner: lasting, person: lasting } : { owner, person: lasting };
};

/** Refuses whoever did not agree to the wording in force (R4.1). */
const consented = ({ consent }: ProfileRequest, at: number): Consent =>
  consent?.version === consentVersion ? { ...consent, at } : refuse({ kind: 'consent-required' });

/** Nothing is kept of somebody who did not consent, to this very wording (R4.1). */
const register = async (
  { session, now }: CitizenRequest,
  request: ProfileRequest,
  dependencies: ProfileDependencies,
): Promise<Profile> => {
  const { profiles } = dependencies;
  if (request.revision !== 0) return refuse({ kind: 'precondition-failed' });
  const consent = consented(request, now);
  const { owner, person } = await lastingIds(session, profiles);
  const profile: Profile = {
    ...registeredAs(session.identity),
    ...contactOf(request),
    owner,
    consent,
    revision: 1,
  };
  await profiles.register(profile, session.identityKeys, person);
  await remember(session, owner, dependencies);
  await letIn(session, owner, person, dependencies);
  return profile;
};

/** What is wanted now and was not before: a code goes there at once. */
const newlyWanted = (before: Profile, { wanted }: Profile): readonly ContactField[] =>
  contactFields.filter(field => wanted?.[field] !== undefined && wanted[field] !== before.wanted?.[field]);

/** Saves what was typed; an address that is new is used once the code that goes there now has come back (R4.3). */
const change = async (
  request: CitizenRequest,
  profile: Profile,
  wanted: ProfileRequest,
  dependencies: ProfileDependencies,
): Promise<Answer> => {
  if (wanted.revision !== profile.revision) refuse({ kind: 'precondition-failed' });
  const changed = changeContact(profile, contactOf(wanted));
  const saved: Profile = { ...changed.profile, revision: profile.revision + 1 };
  const owed = owedFor(changed, request.now);
  await dependencies.profiles.replace(saved, owed);
  // At once: what is slow for the one must not cost the other.
  const [codes] = await Promise.all([
    sendCodes(request, saved, newlyWanted(profile, saved), dependencies),
    tellOldAddresses(owed, dependencies),
  ]);
  return ok(toAnswer(saved, codes));
};

/** The wording has changed since this person agreed: what they have stays, and they are in again once they agree anew. */
const renew = async (
  request: CitizenRequest,
  profile: Profile,
  wanted: ProfileRequest,
  dependencies: ProfileDependencies,
): Promise<Answer> => {
  const consent = consented(wanted, request.now);
  const renewed = await change(request, { ...profile, consent }, wanted, dependencies);
  await enter(request.session, profile, dependencies);
  return renewed;
};

/** `PUT profile`: registration the first time and consent when its wording changed (R4.1), contact details after that (R4.3). */
export const saveProfile = async (
  request: CitizenRequest,
  dependencies: ProfileDependencies,
): Promise<Answer> => {
  const wanted = parse(profileRequest, request.body);
  const profile = await findProfile(request.session, dependencies);
  if (!profile) return ok(toAnswer(await register(request, wanted, dependencies)));
  if (!hasConsented(profile)) return renew(request, profile, wanted, dependencies);
  return change(request, profile, wanted, dependencies);
};
