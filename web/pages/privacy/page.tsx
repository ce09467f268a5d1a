import type { Language } from '../../../lambdas/domain/language.ts';
import { type Texts, translator } from '../../../lambdas/domain/texts.ts';
import { PageHeader } from '../../components/page-header/page-header.tsx';
import { Section } from '../../components/prose/section.tsx';
import type { PageContext } from '../../page.ts';
import en from './en.json' with { type: 'json' };
import fi from './fi.json' with { type: 'json' };
import { ServiceNotice } from './service-notice.tsx';
import sv from './sv.json' with { type: 'json' };

const texts = { fi, sv, en } satisfies Record<Language, Texts<keyof typeof fi>>;

type OwnService = PageContext['ownServices'][number];

/** Whose notice the page is; undefined for the portal's own, which leads to the others. */
const serviceOf = ({ rest, ownServices }: PageContext): OwnService | undefined =>
  ownServices.find(({ id }) => id === rest[0]);

const translate = ({ language }: PageContext) => translator(texts[language], language);

export const title = (context: PageContext): string => {
  const service = serviceOf(context);
  const t = translate(context);
  return service ? t('noticeTitle', { service: service.name[context.language] }) : t('title');
};

export const description = (context: PageContext): string =>
  translate(context)(serviceOf(context) ? 'noticeDescription' : 'description');

export const subpages = ({ ownServices }: PageContext): string[] => ownServices.map(({ id }) => id);

/** What GDPR's articles 13 and 14 want said, for what the portal itself keeps. */
const sections = [
  'controller',
  'contact',
  'purpose',
  'basis',
  'data',
  'source',
  'recipients',
  'outside',
  'retention',
  'health',
  'cookies',
  'device',
  'automated',
  'rights',
  'complain',
] as const;

/** Names and addresses the texts speak of. */
const valuesOf = ({ language, site }: PageContext) => {
  const { controller, registry, dataProtectionOfficer, dataProtectionAuthority } = site.city.legal;
  return {
    controller: { controller: controller[language] },
    contact: {
      registry: registry.name[language],
      address: registry.address[language],
      phone: registry.phone,
      email: registry.email,
      officer: dataProtectionOfficer,
    },
    complain: {
      name: dataProtectionAuthority.name[language],
      website: dataProtectionAuthority.website[language],
      phone: dataProtectionAuthority.phone,
      email: dataProtectionAuthority.email,
    },
  };
};

const Notices = ({ context }: { context: PageContext }) => {
  const { language, ownServices, site, url } = context;
  const t = translate(context);
  return (
    <Section id="notices" title={t('notices')} text={t('noticesText')}>
      <ul>
        {ownServices.map(({ id, name }) => (
          <li key={id} id={id}>
            <a href={url('privacy', id)}>{name[language]}</a>
          </li>
        ))}
      </ul>
      <p>
        <a href={site.city.links.privacyNotices[language]}>{t('noticesElsewhere')}</a>
      </p>
    </Section>
  );
};

const PortalNotice = ({ context }: { context: PageContext }) => {
  const t = translate(context);
  const values = valuesOf(context);
  return (
    <div class="stack stack--l">
      <Notices context={context} />
      <h2>{t('own')}</h2>
      {sections.map(section => (
        <Section
          key={section}
          id={section}
          level={3}
          title={t(section)}
          text={t(`${section}Text`, values[section as keyof typeof values])}
        />
      ))}
    </div>
  );
};

export const page = (context: PageContext) => {
  const service = serviceOf(context);
  const t = translate(context);
  return (
    <div class="container page">
      {service && (
        <nav class="breadcrumb" aria-label={t('title')}>
          <a href={context.url('privacy')}>{t('title')}</a>
        </nav>
      )}
      <PageHeader title={title(context)} lead={description(context)} />
      {service ? (
        <ServiceNotice service={service} context={context} t={t} values={valuesOf(context)} />
      ) : (
        <PortalNotice context={context} />
      )}
    </div>
  );
};
