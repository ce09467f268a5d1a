import type { PopularService } from '../../../lambdas/http/wire/services.ts';
import { getPopularServices } from '../../client/api.ts';
import type { SignedIn } from '../../client/session.ts';
import { texts } from '../../client/texts.ts';
import { useLoad } from '../../client/use-load.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { Icon } from '../../components/icon/icon.tsx';
import { pageUrl } from '../../urls.ts';
import type fi from './fi.json';

const servicesAtMost = 5;

/** What suits who is signed in; the register does not always know whom a service is for. */
const suits = ({ applicants }: PopularService, kind: SignedIn['kind']): boolean =>
  applicants.length === 0 || applicants.includes(kind);

const Popular = ({ kind }: { kind: SignedIn['kind'] }) => {
  const t = texts<keyof typeof fi>();
  const language = pageLanguage();
  const popular = useLoad(getPopularServices);
  const services = popular.state === 'ready' ? popular.value.items : [];
  return (
    <section class="panel stack stack--s" aria-labelledby="popular">
      <h2 id="popular">{t('popular')}</h2>
      <ul class="list-plain stack stack--s">
        {services
          .filter(service => suits(service, kind))
          .slice(0, servicesAtMost)
          .map(({ id, name, writtenIn }) => (
            <li key={id}>
              <a
                href={pageUrl(language, 'services', id)}
                lang={writtenIn[language] === language ? undefined : writtenIn[language]}
              >
                {name[language]}
              </a>
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
export const Aside = ({ kind }: { kind: SignedIn['kind'] }) => (
  <div class="stack front-aside">
    <Popular kind={kind} />
    <Health />
    <Help />
  </div>
);
