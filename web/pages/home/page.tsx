import type { Language } from '../../../lambdas/domain/language.ts';
import { type Texts, translator } from '../../../lambdas/domain/texts.ts';
import type { PageContext } from '../../page.ts';
import en from './en.json' with { type: 'json' };
import fi from './fi.json' with { type: 'json' };
import sv from './sv.json' with { type: 'json' };

const texts = { fi, sv, en } satisfies Record<Language, Texts<keyof typeof fi>>;

export const title = ({ language }: PageContext): string => texts[language].title;
export const description = ({ language }: PageContext): string => texts[language].description;

export const page = ({ language, url }: PageContext) => {
  const t = translator(texts[language], language);
  return (
    <div class="container page">
      <h1>{t('title')}</h1>
      <p class="lead">{t('description')}</p>
      <a class="hds-button hds-button--primary" href={url('services')}>
        {t('services')}
      </a>
    </div>
  );
};
