import type { Service } from '../../../lambdas/domain/catalogue/service.ts';
import type { PageContext } from '../../page.ts';
import { Icon } from '../icon/icon.tsx';
import { destinationOf } from './destination.ts';
import { serviceTranslator } from './service-texts.ts';

/** The way in: top right beside the description, and on a phone before it. */
export const GoToService = ({ service, context }: { service: Service; context: PageContext }) => {
  const t = serviceTranslator(context.language);
  const destination = destinationOf(service, context);
  if (!destination) return null;
  return (
    <div class="go-to">
      <a class="hds-button hds-button--primary hds-button--fullwidth" href={destination.href}>
        {t('goTo')}
        <Icon name={destination.external ? 'link-external' : 'arrow-right'} />
      </a>
      {service.form !== undefined && service.course && (
        <p
          class="go-to__note"
          hidden
          data-places={service.form}
          data-some-free={t('places.free')}
          data-some-wait={t('places.waiting')}
          data-full={t('places.full')}
        />
      )}
      {destination.external && <p class="muted go-to__note">{t('external')}</p>}
    </div>
  );
};
