import { departmentsOf, groupsOf } from '../../../lambdas/domain/catalogue/city.ts';
import { channelsFor, type Service, textFor, textsFor } from '../../../lambdas/domain/catalogue/service.ts';
import type { Language } from '../../../lambdas/domain/language.ts';
import { RichText } from '../rich-text/rich-text.tsx';
import { type ServiceTranslator, serviceTranslator } from './service-texts.ts';

const fields = ['process', 'processingTime', 'validity', 'costs', 'information'] as const;

type Field = (typeof fields)[number] | 'description' | 'audience';

/** `lang` of a text in a page of another language; undefined where the page's own says it. */
const langOf = (written: Language, language: Language): Language | undefined =>
  written === language ? undefined : written;

interface Props {
  readonly service: Service;
  readonly language: Language;
  readonly t: ServiceTranslator;
}

const Department = ({ service, language, t }: Props) => {
  const names = departmentsOf(service).map(({ name }) => name[language]);
  if (names.length === 0) return null;
  return (
    <section>
      <h2>{t('department')}</h2>
      <p>{names.join(', ')}</p>
    </section>
  );
};

const Text = ({ service, field, language }: Omit<Props, 't'> & { field: Field }) => {
  const found = textFor(service, field, language);
  return (
    found && (
      <div
        class={field === 'description' ? 'service-description' : undefined}
        lang={langOf(found.language, language)}
      >
        <RichText text={found.text} />
      </div>
    )
  );
};

/** Whom it is for; where nobody has said so in words, the groups it was made for. */
const Audience = ({ service, language, t }: Props) => {
  const groups = groupsOf(service, language);
  const isSaid = textFor(service, 'audience', language) !== undefined;
  if (!isSaid && groups.length === 0) return null;
  return (
    <section>
      <h2>{t('audience')}</h2>
      {isSaid ? (
        <Text service={service} field="audience" language={language} />
      ) : (
        <ul>
          {groups.map(group => (
            <li key={group}>{group}</li>
          ))}
        </ul>
      )}
    </section>
  );
};

/** Says that what follows is in another language, all of it or some. */
const Fallback = ({ service, language, t }: Props) => {
  if (textsFor(service, language).language !== language) return <p class="muted">{t('onlyIn')}</p>;
  const others = [...fields, 'description' as const].map(
    field => textFor(service, field, language)?.language,
  );
  const ways = channelsFor(service, language).flatMap(way => [way.language, way.linksLanguage]);
  const isPartly = [...others, ...ways].some(written => written !== undefined && written !== language);
  return isPartly ? <p class="muted">{t('partlyIn')}</p> : null;
};

/** All that is said of a service (R2.4), its texts in the language they are in. Unfolded in the list as well. */
export const ServiceDetails = ({ service, language }: { service: Service; language: Language }) => {
  const t = serviceTranslator(language);
  return (
    <div class="prose" id="service-details">
      <Fallback service={service} language={language} t={t} />
      <Text service={service} field="description" language={language} />
      <Audience service={service} language={language} t={t} />
      {fields
        .filter(field => textFor(service, field, language) !== undefined)
        .map(field => (
          <section key={field}>
            <h2>{t(field)}</h2>
            <Text service={service} field={field} language={language} />
          </section>
        ))}
      <Department service={service} language={language} t={t} />
    </div>
  );
};
