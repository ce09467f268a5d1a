import type { Language } from '../../lambdas/domain/language.ts';
import type { ServiceSummary } from '../../lambdas/http/wire/services.ts';
import { getServices } from './api.ts';
import { useLoad } from './use-load.ts';

/** The name of a service in the page's language. */
export type ServiceName = (service: string) => string;

/** An id stands in for a name that is not there. */
export const nameFrom =
  (services: readonly ServiceSummary[], language: Language): ServiceName =>
  service =>
    services.find(({ id }) => id === service)?.name[language] ?? service;

/** Undefined until they are known. A list without names is better than none: none stand in when they do not come. */
export const useServices = (): readonly ServiceSummary[] | undefined => {
  const services = useLoad(getServices);
  if (services.state === 'loading') return undefined;
  return services.state === 'ready' ? services.value.items : [];
};
