import type { OwnerId } from '../domain/case.ts';
import type { Warning } from '../domain/contact-change.ts';
import type { Profile } from '../domain/profile.ts';
import { refuse } from '../domain/refusal.ts';
import type { Profiles } from './profiles.ts';

/** Profiles of one process, for tests; what is owed to old addresses goes into `warnings`. */
export const memoryProfiles = (warnings = new Map<string, Warning>()): Profiles => {
  const owners = new Map<string, OwnerId>();
  const profiles = new Map<OwnerId, Profile>();
  const isFree = (key: string, id: OwnerId): boolean => (owners.get(key) ?? id) === id;
  return {
    ownerOf: async key => owners.get(key),
    personOf: async (key, proposed) => {
      const person = owners.get(key) ?? proposed;
      owners.set(key, person);
      return person;
    },
    get: async owner => profiles.get(owner),
    register: async (profile, keys, person) => {
      const isFirst =
        !profiles.has(profile.owner) && isFree(keys.owner, profile.owner) && isFree(keys.person, person);
      if (!isFirst) refuse({ kind: 'precondition-failed' });
      owners.set(keys.person, person).set(keys.owner, profile.owner);
      profiles.set(profile.owner, profile);
    },
    replace: async (profile, owed = []) => {
      if (profiles.get(profile.owner)?.revision !== profile.revision - 1)
        refuse({ kind: 'precondition-failed' });
      profiles.set(profile.owner, profile);
      for (const warning of owed) warnings.set(warning.id, warning);
    },
  };
};
