import type { Service } from './service.ts';

/** Too many services of the register in use are gone from the new one: more likely a fault than the city's will. */
export class SuspiciousRegister extends Error {
  override readonly name = 'SuspiciousRegister';
}

/** The share of the services in use that may be gone from a new register. */
const mayBeGone = 0.2;

/** Throws `SuspiciousRegister` when more than a fifth of the services in use are gone. */
export const refuseSuspicious = (inUse: readonly Service[], services: readonly Service[]): void => {
  const here = new Set(services.map(({ id }) => id));
  const gone = inUse.filter(({ id }) => !here.has(id)).length;
  if (gone > inUse.length * mayBeGone)
    throw new SuspiciousRegister(
      `${gone} of the ${inUse.length} services in use are gone from it; the catalogue stays as it was`,
    );
};
