import type { Language } from '../../lambdas/domain/language.ts';
import type { ServiceSummary } from '../../lambdas/http/wire.ts';
import { getServices } from './api.ts';
import { useLoad } from './use-load.ts';

/** The name of a service in the page's language. */
export type ServiceName = (service: string) => string;

/** An id stands in for a name that is not there. */
export const nameFrom =
  (services: readonly ServiceSummary[], language: Language): ServiceName =>
  service =>
    services.find(({ id }) => id === service)?.name[language] ?? service;

/** Undefined until the names are known. A list without names is better than none: ids stand in when they do not come. */
export const useServiceNames = (language: Language): ServiceName | undefined => {
  const services = useLoad(getServices);
  if (services.state === 'loading') return undefined;
  return nameFrom(services.state === 'ready' ? services.value.items : [], language);
};
