import * as z from 'zod/mini';
import { languages } from '../domain/language.ts';
import { consentVersion, type Profile, registeredAs, toContact } from '../domain/profile.ts';
import { refuse } from '../domain/refusal.ts';
import type { Session } from '../domain/session.ts';
import { type Answer, ok } from '../http/answer.ts';
import { parse } from '../http/body.ts';
import type { CitizenRequest } from '../http/request.ts';
import type { ProfileAnswer } from '../http/wire.ts';
import type { Profiles } from '../storage/profiles.ts';
import type { Sessions } from '../storage/sessions.ts';

export interface ProfileDependencies {
  readonly profiles: Profiles;
  readonly sessions: Pick<Sessions, 'register'>;
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

const toAnswer = ({ owner: _owner, consent: _consent, ...profile }: Profile): ProfileAnswer => ({
  registered: true,
  ...profile,
});

/** What the state's registers say, and nothing kept yet. */
const unregistered = (session: Session): ProfileAnswer => ({
  registered: false,
  ...registeredAs(session.identity),
  revision: 0,
});

/**
 * The profile as it is now. Somebody may have registered the same folder in another browser, or a colleague
 * the organisation's: then this session is led to that folder.
 */
const findProfile = async (
  session: Session,
  { profiles, sessions }: ProfileDependencies,
): Promise<Profile | undefined> => {
  if (session.registered) return profiles.get(session.owner);
  const { identityKeys, kind } = session;
  const owner = await profiles.ownerOf(identityKeys.owner);
  const profile = owner === undefined ? undefined : await profiles.get(owner);
  if (!profile) return undefined;
  const person =
    kind === 'person' ? profile.owner : await profiles.personOf(identityKeys.person, session.person);
  await sessions.register(session, profile.owner, person);
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

/** Nothing is kept of somebody who did not consent, to this very wording (R4.1). */
const register = async (
  { session, now }: CitizenRequest,
  request: ProfileRequest,
  { profiles, sessions }: ProfileDependencies,
): Promise<Profile> => {
  const { consent } = request;
  if (request.revision !== 0) return refuse({ kind: 'precondition-failed' });
  if (consent?.version !== consentVersion) return refuse({ kind: 'consent-required' });
  const { owner, person } = await lastingIds(session, profiles);
  const profile: Profile = {
    ...registeredAs(session.identity),
    ...contactOf(request),
    owner,
    consent: { ...consent, at: now },
    revision: 1,
  };
  await profiles.register(profile, session.identityKeys, person);
  await sessions.register(session, owner, person);
  return profile;
};

const change = async (profile: Profile, request: ProfileRequest, profiles: Profiles): Promise<Profile> => {
  if (request.revision !== profile.revision) refuse({ kind: 'precondition-failed' });
  const { email: _email, phone: _phone, ...kept } = profile;
  const changed: Profile = { ...kept, ...contactOf(request), revision: profile.revision + 1 };
  await profiles.replace(changed);
  return changed;
};

/** `PUT profile`: registration the first time (R4.1), contact details after that (R4.3). */
export const saveProfile = async (
  request: CitizenRequest,
  dependencies: ProfileDependencies,
): Promise<Answer> => {
  const wanted = parse(profileRequest, request.body);
  const profile = await findProfile(request.session, dependencies);
  return ok(
    toAnswer(
      profile
        ? await change(profile, wanted, dependencies.profiles)
        : await register(request, wanted, dependencies),
    ),
  );
};
