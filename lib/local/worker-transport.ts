/** Takes the place of `lambdas/identity/transport.ts` on this machine, where the issuer speaks plain http on loopback. */
export const placeholder = true;
