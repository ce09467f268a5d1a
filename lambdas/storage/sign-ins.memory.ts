import type { SignIn, SignIns } from './sign-ins.ts';

/** Sign-ins of one process; for tests. */
export const memorySignIns = (): SignIns => {
  const begun = new Map<string, SignIn>();
  const logouts = new Set<string>();
  return {
    begin: async (state, signIn) => {
      begun.set(state, signIn);
    },
    take: async state => {
      const signIn = begun.get(state);
      begun.delete(state);
      return signIn;
    },
    isLogoutDone: async jti => logouts.has(jti),
    logoutDone: async jti => {
      logouts.add(jti);
    },
  };
};
