import { departmentsOf } from '../../../lambdas/domain/catalogue/city.ts';
import { type Service, type ServiceTexts, textsFor } from '../../../lambdas/domain/catalogue/service.ts';
import type { Language } from '../../../lambdas/domain/language.ts';
import { RichText } from '../rich-text/rich-text.tsx';
import { type ServiceTranslator, serviceTranslator } from './service-texts.ts';

const fields = [
  'audience',
  'process',
  'processingTime',
  'validity',
  'costs',
  'information',
] as const satisfies readonly (keyof ServiceTexts)[];

const Department = ({
  service,
  language,
  t,
}: {
  service: Service;
  language: Language;
  t: ServiceTranslator;
}) => {
  const names = departmentsOf(service).map(({ name }) => name[language]);
  if (names.length === 0) return null;
  return (
    <section>
      <h2>{t('department')}</h2>
      <p>{names.join(', ')}</p>
    </section>
  );
};

/** All that is said of a service (R2.4), its texts in the language they are in. Unfolded in the list as well. */
export const ServiceDetails = ({ service, language }: { service: Service; language: Language }) => {
  const t = serviceTranslator(language);
  const { texts, language: written } = textsFor(service, language);
  const lang = written === language ? undefined : written;
  return (
    <div class="prose" id="service-details">
      {lang && <p class="muted">{t('onlyIn')}</p>}
      {texts.description && (
        <div class="service-description" lang={lang}>
          <RichText text={texts.description} />
        </div>
      )}
      {fields.map(field => {
        const text = texts[field];
        return (
          text && (
            <section key={field}>
              <h2>{t(field)}</h2>
              <div lang={lang}>
                <RichText text={text} />
              </div>
            </section>
          )
        );
      })}
      <Department service={service} language={language} t={t} />
    </div>
  );
};
