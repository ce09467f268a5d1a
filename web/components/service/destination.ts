import { entranceOf, type Service } from '../../../lambdas/domain/catalogue/service.ts';
import type { PageContext } from '../../page.ts';

export interface Destination {
  readonly href: string;
  /** It leaves the portal. */
  readonly external: boolean;
}

/** Where *Siirry palveluun* leads: our own form, else the electronic service's address; undefined where there is none. */
export const destinationOf = (service: Service, { language, url }: PageContext): Destination | undefined => {
  if (service.form !== undefined) return { href: url('form', service.form), external: false };
  if (!service.electronic) return undefined;
  const link = entranceOf(service, language);
  return link && { href: link.url, external: true };
};
