import { groups, lifeEvents, topics } from '../../../lambdas/domain/catalogue/city.ts';
import { firstLine } from '../../../lambdas/domain/catalogue/rich-text.ts';
import {
  type Service,
  type ServiceTexts,
  sortServices,
  textsFor,
} from '../../../lambdas/domain/catalogue/service.ts';
import type { Language, Translated } from '../../../lambdas/domain/language.ts';
import { type Texts, translator, type Values } from '../../../lambdas/domain/texts.ts';
import { BulletinsPlace } from '../../components/bulletins/bulletins-place.tsx';
import { phoneLink } from '../../components/frame/footer.tsx';
import { Icon } from '../../components/icon/icon.tsx';
import { destinationOf } from '../../components/service/destination.ts';
import { serviceTranslator } from '../../components/service/service-texts.ts';
import type { PageContext } from '../../page.ts';
import { type ServicesKey, servicesTexts } from './services-texts.ts';

/** The publisher renders the list anew with every catalogue. */
export type ServicesContext = PageContext & {
  readonly services: readonly Service[];
  /** Where the search finds its index, when somebody searches. */
  readonly searchIndex: string;
};

export const title = ({ language }: PageContext): string => servicesTexts[language].title;
export const description = ({ language }: PageContext): string => servicesTexts[language].description;

export const clientTexts = (language: Language): Texts => {
  const { count, show, announced, none, noneFor, guesses, loading, failed } = servicesTexts[language];
  return { count, show, announced, none, noneFor, guesses, loading, failed };
};

/** Characters. The whole list weighs less than 30 kB as CloudFront packs it, and three quarters of that are these lines. */
const summaryLength = 88;

/** What the list says under the name; a service without a description still says something where it can. */
const summaryOf = ({ name, description, information, process, channels }: ServiceTexts): string => {
  const text =
    description ?? information ?? process ?? channels.find(channel => channel.information)?.information;
  const line = firstLine(text ?? '', summaryLength);
  return line === name ? '' : line;
};

const letterOf = (name: string, language: Language): string => {
  const letter = (/\p{L}/u.exec(name)?.[0] ?? '#').toLocaleUpperCase(language);
  return /[A-ZÅÄÖ]/.test(letter) ? letter : letter.normalize('NFD').charAt(0);
};

/** In the list's order: letter → its services. */
const byLetter = (services: readonly Service[], language: Language): Map<string, Service[]> =>
  Map.groupBy(sortServices(services, language), service =>
    letterOf(textsFor(service, language).texts.name, language),
  );

const Item = ({ service, context }: { service: Service; context: PageContext }) => {
  const { language, url } = context;
  const t = serviceTranslator(language);
  const { texts, language: written } = textsFor(service, language);
  const destination = destinationOf(service, context);
  const summary = summaryOf(texts);
  return (
    <li
      class="service"
      data-service={service.id}
      data-codes={[...service.topics, ...service.groups, ...service.lifeEvents].join(' ') || undefined}
      lang={written === language ? undefined : written}
    >
      <h3>
        <a href={url('services', service.id)}>{texts.name}</a>
      </h3>
      {summary && <p>{summary}</p>}
      <div class="service__ways" lang={written === language ? undefined : language}>
        <button type="button" aria-expanded="false">
          {t('more')}
        </button>
        {destination && <a href={destination.href}>{t('goTo')}</a>}
      </div>
    </li>
  );
};

const Choices = (props: {
  legend: string;
  name: string;
  names: Readonly<Record<string, Translated>>;
  counts: ReadonlyMap<string, number>;
  language: Language;
  /** A filter that knows of few services would hide the others: offered when it counts so many. */
  atLeast?: number;
}) => {
  const { legend, name, names, counts, language, atLeast = 1 } = props;
  const { compare } = new Intl.Collator(language);
  const offered = Object.entries(names)
    .filter(([code]) => counts.has(code))
    .sort(([, one], [, other]) => compare(one[language], other[language]));
  if ([...counts.values()].reduce((sum, count) => sum + count, 0) < atLeast) return null;
  return (
    <details class="accordion filter">
      <summary>{legend}</summary>
      <fieldset class="accordion__body">
        <legend class="visually-hidden">{legend}</legend>
        {offered.map(([code, words]) => (
          <div class="hds-checkbox" key={code}>
            <input class="hds-checkbox__input" type="checkbox" id={code} name={name} value={code} />
            <label class="hds-checkbox__label" for={code}>
              {words[language]} <span class="muted">({counts.get(code)})</span>
            </label>
          </div>
        ))}
      </fieldset>
    </details>
  );
};

const countBy = (services: readonly Service[], codes: (service: Service) => readonly string[]) => {
  const counts = new Map<string, number>();
  for (const code of services.flatMap(codes)) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
};

type Translate = (key: ServicesKey, values?: Values) => string;

const Filters = ({ context, t }: { context: ServicesContext; t: Translate }) => {
  const { services, language, searchIndex } = context;
  return (
    <search class="service-search">
      <form class="js-only" action={context.url('services')} data-index={searchIndex}>
        <div class="search-field">
          <label for="q">{t('search')}</label>
          <div class="search-field__row">
            <input id="q" name="q" type="search" autocomplete="off" aria-describedby="q-hint" />
            <button class="hds-button hds-button--primary" type="submit">
              <Icon name="search" />
              {t('searchButton')}
            </button>
          </div>
          <p class="field__hint" id="q-hint">
            {t('searchHint')}
          </p>
          {/* On a phone what is found lies below the filters. */}
          <a id="to-found" href="#found" hidden>
            {t('show', { count: services.length })}
          </a>
        </div>
        <div class="hds-checkbox">
          <input
            class="hds-checkbox__input"
            type="checkbox"
            id="electronic"
            name="channel"
            value="electronic"
          />
          <label class="hds-checkbox__label" for="electronic">
            {t('electronic')}{' '}
            <span class="muted">({services.filter(({ electronic }) => electronic).length})</span>
          </label>
        </div>
        <div class="filters">
          <Choices
            legend={t('topic')}
            atLeast={services.length / 2}
            name="topic"
            names={topics}
            counts={countBy(services, service => service.topics)}
            language={language}
          />
          <Choices
            legend={t('group')}
            name="group"
            names={groups}
            counts={countBy(services, service => service.groups)}
            language={language}
          />
          <Choices
            legend={t('event')}
            name="event"
            names={lifeEvents}
            counts={countBy(services, service => service.lifeEvents)}
            language={language}
          />
        </div>
      </form>
    </search>
  );
};

/** An empty result leads on: to what comes closest, and to people who know. */
const Nothing = ({ context, t }: { context: ServicesContext; t: Translate }) => {
  const { phone, email } = context.site.helpline;
  return (
    <div id="none" hidden>
      <p class="lead">{t('none')}</p>
      <p>{t('noneHelp')}</p>
      <p>
        {t('noneHelpline')} <a href={phoneLink(phone)}>{phone}</a>, <a href={`mailto:${email}`}>{email}</a>
      </p>
      <section id="closest" class="services__guesses" hidden>
        <h2>{t('closest')}</h2>
        <ul class="service-list" />
      </section>
    </div>
  );
};

const Letters = ({ letters, label }: { letters: readonly string[]; label: string }) => (
  <nav class="letters" aria-label={label}>
    <ul>
      {letters.map(letter => (
        <li key={letter}>
          <a href={`#letter-${letter}`}>{letter}</a>
        </li>
      ))}
    </ul>
  </nav>
);

export const page = (context: ServicesContext) => {
  const { language, services } = context;
  const t = translator<ServicesKey>(servicesTexts[language], language);
  const letters = byLetter(services, language);
  return (
    <>
      <div class="band">
        <div class="container band__inner">
          <h1>{t('title')}</h1>
          <p class="lead">{t('description')}</p>
          <Filters context={context} t={t} />
        </div>
      </div>
      <div class="container page services">
        <BulletinsPlace language={language} />
        <div class="services__summary" id="found" tabindex={-1}>
          <p class="services__count">{t('count', { count: services.length })}</p>
          <p class="visually-hidden" id="announcement" role="status" />
          <button
            class="hds-button hds-button--supplementary hds-button--small"
            id="clear"
            type="button"
            hidden
          >
            <Icon name="cross" />
            {t('clear')}
          </button>
        </div>
        <Letters letters={[...letters.keys()]} label={t('letters')} />
        <Nothing context={context} t={t} />
        <section id="results" hidden>
          <h2 class="visually-hidden">{t('results')}</h2>
          <ul class="service-list" />
        </section>
        {[...letters].map(([letter, group]) => (
          <section class="letter" key={letter}>
            <h2 id={`letter-${letter}`}>{letter}</h2>
            <ul class="service-list">
              {group.map(service => (
                <Item key={service.id} service={service} context={context} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
};
