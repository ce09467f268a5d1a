import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

/** So many entries of a kind are kept: enough for any trial, not a leak in one left running. */
const most = 2000;

/**
 * Where the provider keeps sessions, codes and grants: in memory, so a restart signs everybody out of it.
 * Expiry is the provider's own check, by the portal's clock; what is too old here is only pushed out by the new.
 */
export const memoryAdapter = (): AdapterFactory => {
  const kinds = new Map<string, Map<string, AdapterPayload>>();
  const kind = (name: string): Map<string, AdapterPayload> => {
    const entries = kinds.get(name) ?? new Map<string, AdapterPayload>();
    kinds.set(name, entries);
    return entries;
  };

  const forget = (grantId: string): void => {
    for (const entries of kinds.values()) {
      for (const [id, payload] of entries) if (payload.grantId === grantId) entries.delete(id);
    }
  };

  return (name: string): Adapter => {
    const entries = kind(name);
    const first = (test: (payload: AdapterPayload) => boolean): AdapterPayload | undefined =>
      [...entries.values()].find(test);
    return {
      upsert: async (id, payload) => {
        entries.delete(id);
        entries.set(id, payload);
        const oldest = entries.keys().next();
        if (entries.size > most && !oldest.done) entries.delete(oldest.value);
      },
      find: async id => entries.get(id),
      findByUid: async uid => first(payload => payload.uid === uid),
      findByUserCode: async code => first(payload => payload.userCode === code),
      consume: async id => {
        const payload = entries.get(id);
        if (payload) payload.consumed = true;
      },
      destroy: async id => void entries.delete(id),
      revokeByGrantId: async grantId => forget(grantId),
    };
  };
};
