import { type Acting, mayUse } from './mandate.ts';
import { refuse } from './refusal.ts';

/** Refuses `role-missing`, naming what would do. */
export const demandRole = (acting: Acting, wanted: readonly string[] | undefined): void => {
  if (!mayUse(acting, wanted)) refuse({ kind: 'role-missing', roles: wanted ?? [] });
};
