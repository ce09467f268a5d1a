import type { Language } from '../../../lambdas/domain/language.ts';
import { type Texts, translator } from '../../../lambdas/domain/texts.ts';
import { BulletinsPlace } from '../../components/bulletins/bulletins-place.tsx';
import { Icon } from '../../components/icon/icon.tsx';
import editorsChoice from '../../content/catalogue/popular.json' with { type: 'json' };
import type { PageContext } from '../../page.ts';
import en from './en.json' with { type: 'json' };
import fi from './fi.json' with { type: 'json' };
import sv from './sv.json' with { type: 'json' };

const texts = { fi, sv, en } satisfies Record<Language, Texts<keyof typeof fi>>;

export const title = ({ language }: PageContext): string => texts[language].title;
export const description = ({ language }: PageContext): string => texts[language].description;

const steps = [1, 2, 3, 4] as const;

/** Shown until the browser has asked which services are popular (R5.4), and where it cannot ask. */
const knownBeforehand = (ownServices: PageContext['ownServices']) => {
  const chosen = editorsChoice.flatMap(id => ownServices.find(service => service.id === id) ?? []);
  return (chosen.length > 0 ? chosen : ownServices).slice(0, 5);
};

export const page = ({ language, site, url, ownServices }: PageContext) => {
  const t = translator(texts[language], language);
  const city = site.city.name[language];
  return (
    <>
      <section class="hero">
        <div class="container hero__inner">
          <div class="hero__main">
            <h1>{t('title')}</h1>
            <p class="lead">{t('description')}</p>
            <form class="search-field" action={url('services')}>
              <label for="q">{t('searchLabel')}</label>
              <div class="search-field__row">
                <input id="q" name="q" type="search" autocomplete="off" />
                <button class="hds-button hds-button--primary" type="submit">
                  <Icon name="search" />
                  {t('searchButton')}
                </button>
              </div>
            </form>
            <a class="hero__all" href={url('services')}>
              {t('all')}
              <Icon name="arrow-right" />
            </a>
            {/* At the column's foot: when they come, nothing that is being read moves. */}
            <BulletinsPlace language={language} />
          </div>
          <section class="hero__services" aria-labelledby="popular">
            <h2 id="popular">{t('popular')}</h2>
            <ul class="list-plain" id="popular-services">
              {knownBeforehand(ownServices).map(({ id, name }) => (
                <li key={id}>
                  <a href={url('services', id)}>
                    <span>{name[language]}</span>
                    <Icon name="angle-right" />
                  </a>
                </li>
              ))}
            </ul>
          </section>
        </div>
        <div class="hero__edge" />
      </section>
      <div class="container page">
        <section aria-labelledby="how">
          <h2 id="how">{t('how')}</h2>
          <ol class="steps">
            {steps.map(step => (
              <li key={step}>
                <h3>{t(`step${step}`)}</h3>
                <p>{t(`step${step}Text`)}</p>
              </li>
            ))}
          </ol>
        </section>
        <div class="card-grid home-cards">
          <section class="panel">
            <h2>{t('safe')}</h2>
            <p>{t('safeText', { city })}</p>
            <a href={url('security')}>{t('safeLink')}</a>
          </section>
          <section class="panel">
            <h2>{t('helpTitle')}</h2>
            <p>{t('helpText')}</p>
            <a href={url('help')}>{t('helpLink')}</a>
          </section>
        </div>
      </div>
    </>
  );
};
