import { firstLine } from '../../../lambdas/domain/catalogue/rich-text.ts';
import { type Service, textsFor } from '../../../lambdas/domain/catalogue/service.ts';
import { destinationOf } from '../../components/service/destination.ts';
import { GoToService } from '../../components/service/go-to-service.tsx';
import { ServiceAside } from '../../components/service/service-aside.tsx';
import { ServiceDetails } from '../../components/service/service-details.tsx';
import type { PageContext } from '../../page.ts';
import { servicesTitle } from '../services/services-texts.ts';

/** A page of the catalogue, which the publisher renders: no page of `web/urls.ts` has a folder of this name. */
export type ServiceContext = PageContext & { readonly service: Service };

export const title = ({ service, language }: ServiceContext): string =>
  textsFor(service, language).texts.name;

export const description = ({ service, language }: ServiceContext): string => {
  const { texts } = textsFor(service, language);
  return firstLine(texts.description ?? texts.information ?? texts.name, 160);
};

export const page = (context: ServiceContext) => {
  const { service, language, url } = context;
  const { texts, language: written } = textsFor(service, language);
  // Then telephones, visits and papers are what one came for: they take as much room as the description.
  const isByOtherWays = destinationOf(service, context) === undefined;
  return (
    <div class="container page">
      <nav class="breadcrumb" aria-label={servicesTitle(language)}>
        <a href={url('services')}>{servicesTitle(language)}</a>
      </nav>
      <article class="service-page" data-service={service.id}>
        <h1 lang={written === language ? undefined : written}>{texts.name}</h1>
        <div class={`columns service-columns ${isByOtherWays ? 'service-columns--halves' : ''}`}>
          <GoToService service={service} context={context} />
          <ServiceDetails service={service} language={language} />
          <ServiceAside service={service} context={context} />
        </div>
      </article>
    </div>
  );
};
