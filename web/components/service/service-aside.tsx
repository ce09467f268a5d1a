import type { ComponentChildren } from 'preact';
import { departmentsOf } from '../../../lambdas/domain/catalogue/city.ts';
import { channelsFor, type Service, textsFor } from '../../../lambdas/domain/catalogue/service.ts';
import type { PageContext } from '../../page.ts';
import { Alternatives, Links } from './alternatives.tsx';
import { destinationOf } from './destination.ts';
import { type ServiceTranslator, serviceTranslator } from './service-texts.ts';

interface Props {
  readonly service: Service;
  readonly context: PageContext;
  readonly t: ServiceTranslator;
}

const Fact = ({ label, children }: { label: string; children: ComponentChildren }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);

const folderText = ({ origin, stored }: Service) =>
  stored ? 'folderYes' : origin === 'register' ? 'folderNo' : 'folderNever';

const Facts = ({ service, t }: Props) => {
  const { stored, applicants, identification } = service;
  if (stored === undefined && applicants === undefined && identification === undefined) return null;
  return (
    <dl class="facts">
      {applicants && <Fact label={t('applicants')}>{applicants.map(who => t(who)).join(', ')}</Fact>}
      {identification !== undefined && (
        <Fact label={t('identification')}>
          {t(identification ? 'identificationYes' : 'identificationNo')}
        </Fact>
      )}
      {stored !== undefined && <Fact label={t('folder')}>{t(folderText(service))}</Fact>}
    </dl>
  );
};

const Feedback = ({ service, context, t }: Props) => {
  const departments = departmentsOf(service).filter(({ feedback }) => feedback !== undefined);
  if (departments.length === 0) return null;
  return (
    <section>
      <h2>{t('feedback')}</h2>
      <ul class="list-plain links">
        {departments.map(({ id, name, feedback }) => (
          <li key={id}>
            <a href={feedback?.[context.language] ?? ''}>
              {t('feedbackLink', { department: name[context.language] })}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** *Rekisteriseloste* (R1.7): our own services have one each; of the others the city's pages tell. */
const Privacy = ({ service, context, t }: Props) => {
  const { url, site, language } = context;
  const own = service.origin === 'own' ? url('privacy', service.id) : url('privacy');
  const href = service.origin === 'register' ? site.city.links.privacyNotices[language] : own;
  return (
    <section>
      <h2>{t('privacy')}</h2>
      <p>
        <a href={href}>{t('privacyLink')}</a>
      </p>
    </section>
  );
};

/** Beside the description: what one should know before, and the other ways (R2.4). */
export const ServiceAside = ({ service, context }: Omit<Props, 't'>) => {
  const t = serviceTranslator(context.language);
  const { texts, language } = textsFor(service, context.language);
  const lang = language === context.language ? undefined : language;
  const destination = destinationOf(service, context);
  const others = channelsFor(service, context.language).filter(
    ({ channel: { kind, links } }) =>
      kind !== 'eservice' || links[0]?.url !== destination?.href || links.length > 1,
  );
  return (
    <aside class="columns__aside service-aside" aria-label={t('atAGlance')}>
      <Facts service={service} context={context} t={t} />
      <Alternatives ways={others} open={destination === undefined} language={context.language} t={t} />
      {texts.links.length > 0 && (
        <section>
          <h2>{t('furtherInformation')}</h2>
          <div lang={lang}>
            <Links links={texts.links} />
          </div>
        </section>
      )}
      <Feedback service={service} context={context} t={t} />
      <Privacy service={service} context={context} t={t} />
    </aside>
  );
};
