import type { ServiceSummary } from '../../../lambdas/http/wire.ts';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { Icon } from '../../components/icon/icon.tsx';
import { pageUrl } from '../../urls.ts';
import type fi from './fi.json';

const servicesAtMost = 6;

const Popular = ({ services }: { services: readonly ServiceSummary[] }) => {
  const t = texts<keyof typeof fi>();
  const language = pageLanguage();
  return (
    <section class="panel stack stack--s" aria-labelledby="popular">
      <h2 id="popular">{t('popular')}</h2>
      <ul class="list-plain stack stack--s">
        {services.slice(0, servicesAtMost).map(({ id, name }) => (
          <li key={id}>
            <a href={pageUrl(language, 'services', id)}>{name[language]}</a>
          </li>
        ))}
      </ul>
      <a href={pageUrl(language, 'services')}>{t('popular.all')}</a>
    </section>
  );
};

/** Health care's messages live in its own service; this is the way there (R5.5, R7.8). */
const Health = () => {
  const t = texts<keyof typeof fi | 'health.url'>();
  return (
    <section class="panel stack stack--s" aria-labelledby="health">
      <h2 id="health">{t('health')}</h2>
      <p>{t('health.text')}</p>
      <a href={t('health.url')} rel="noopener noreferrer">
        {t('health.link')} <Icon name="link-external" />
      </a>
    </section>
  );
};

const Help = () => {
  const t = texts<keyof typeof fi>();
  return (
    <section class="panel stack stack--s" aria-labelledby="help">
      <h2 id="help">{t('help')}</h2>
      <p>{t('help.text')}</p>
      <a href={pageUrl(pageLanguage(), 'help')}>{t('help.link')}</a>
    </section>
  );
};

/** On the right: popular services, health care's messages, help for this page (R5.4, R5.5). */
export const Aside = ({ services }: { services: readonly ServiceSummary[] }) => (
  <div class="stack front-aside">
    <Popular services={services} />
    <Health />
    <Help />
  </div>
);
