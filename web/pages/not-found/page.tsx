import type { Language } from '../../../lambdas/domain/language.ts';
import { type Texts, translator } from '../../../lambdas/domain/texts.ts';
import { Icon } from '../../components/icon/icon.tsx';
import { PageHeader } from '../../components/page-header/page-header.tsx';
import type { PageContext } from '../../page.ts';
import en from './en.json' with { type: 'json' };
import fi from './fi.json' with { type: 'json' };
import sv from './sv.json' with { type: 'json' };

const texts = { fi, sv, en } satisfies Record<Language, Texts<keyof typeof fi>>;

export const title = ({ language }: PageContext): string => texts[language].title;
export const description = ({ language }: PageContext): string => texts[language].description;

export const unlisted = true;

export const page = ({ language, url }: PageContext) => {
  const t = translator(texts[language], language);
  return (
    <div class="container page">
      <PageHeader title={t('title')} lead={t('description')} />
      <div class="stack">
        <p class="narrow">{t('text')}</p>
        <form class="search-field" action={url('services')}>
          <label for="q">{t('search')}</label>
          <div class="search-field__row">
            <input id="q" name="q" type="search" autocomplete="off" />
            <button class="hds-button hds-button--primary" type="submit">
              <Icon name="search" />
              {t('searchButton')}
            </button>
          </div>
        </form>
        <div class="actions">
          <a class="hds-button hds-button--primary" href={url('services')}>
            {t('services')}
          </a>
          <a class="hds-button hds-button--secondary" href={url('home')}>
            {t('home')}
          </a>
        </div>
      </div>
    </div>
  );
};
