import type { Language } from '../../../lambdas/domain/language.ts';
import { type Texts, translator } from '../../../lambdas/domain/texts.ts';
import { failures } from '../../../lambdas/identity/failure.ts';
import { RichText } from '../../components/rich-text/rich-text.tsx';
import type { PageContext } from '../../page.ts';
import en from './en.json' with { type: 'json' };
import fi from './fi.json' with { type: 'json' };
import sv from './sv.json' with { type: 'json' };

const texts = { fi, sv, en } satisfies Record<Language, Texts<keyof typeof fi>>;

export const title = ({ language }: PageContext): string => texts[language].title;
export const description = ({ language }: PageContext): string => texts[language].description;

export const unlisted = true;

/** The script shows the paragraph that fits `?reason=`; without it the general one stands. */
export const page = ({ language, url }: PageContext) => {
  const t = translator(texts[language], language);
  return (
    <div class="container page">
      <div class="page-header">
        <h1>{t('title')}</h1>
        {failures.map(reason => (
          <p class="lead" key={reason} data-reason={reason} hidden={reason !== 'failed'}>
            {t(reason)}
          </p>
        ))}
        <p>{t('description')}</p>
      </div>
      <div class="stack stack--l narrow">
        <div class="actions">
          <a class="hds-button hds-button--primary" data-keep-return href={url('signIn')}>
            {t('again')}
          </a>
          <a class="hds-button hds-button--secondary" href={`${url('help')}#signIn`}>
            {t('help')}
          </a>
        </div>
        <section class="panel prose">
          <h2>{t('who')}</h2>
          <RichText text={t('whoText')} />
        </section>
      </div>
    </div>
  );
};
