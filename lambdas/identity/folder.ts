import type { OwnerId, PersonId } from '../domain/case.ts';
import { hasConsented, type Registered, registeredAs } from '../domain/profile.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Identity } from '../domain/session.ts';
import type { IdentityKeys } from '../storage/identity-keys.ts';
import { type Keys, newOwnerId, type Profiles } from '../storage/profiles.ts';

export interface Folder {
  readonly owner: OwnerId;
  readonly person: PersonId;
  readonly registered: boolean;
  readonly identityKeys: Keys;
}

export interface FolderDependencies {
  readonly profiles: Profiles;
  readonly identityKeys: IdentityKeys;
}

/** Whether they are registered. The population register knows of marriages before the person tells us. */
const refresh = async (owner: OwnerId, registered: Registered, profiles: Profiles): Promise<boolean> => {
  const profile = await profiles.get(owner);
  if (!profile || !hasConsented(profile)) return false;
  if (profile.name === registered.name) return true;
  await profiles
    .replace({ ...profile, name: registered.name, revision: profile.revision + 1 })
    .catch(error => {
      // Changed this very moment elsewhere: the next sign-in brings the name.
      if (!(error instanceof Refusal)) throw error;
    });
  return true;
};

/**
 * Whose folder somebody is in who acts as `identity` says. Before registration the ids are only proposed and nothing is
 * written: who declines leaves nothing behind (R4.1). In an organisation's folder the human being's own id must last.
 * @param person the look-up key of the human being
 */
export const folderOf = async (
  identity: Identity,
  person: string,
  { profiles, identityKeys }: FolderDependencies,
): Promise<Folder> => {
  const { organisation } = identity;
  const ownerKey = organisation ? await identityKeys.keyOf('organisation', organisation.businessId) : person;
  const owner = (await profiles.ownerOf(ownerKey)) ?? newOwnerId();
  const registered = await refresh(owner, registeredAs(identity), profiles);
  const common = { owner, registered, identityKeys: { owner: ownerKey, person } };
  if (!organisation) return { ...common, person: owner };
  if (registered) return { ...common, person: await profiles.personOf(person, newOwnerId()) };
  return { ...common, person: (await profiles.ownerOf(person)) ?? newOwnerId() };
};
