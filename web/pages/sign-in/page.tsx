import type { Language } from '../../../lambdas/domain/language.ts';
import { type Texts, translator } from '../../../lambdas/domain/texts.ts';
import { PageHeader } from '../../components/page-header/page-header.tsx';
import type { PageContext } from '../../page.ts';
import en from './en.json' with { type: 'json' };
import fi from './fi.json' with { type: 'json' };
import sv from './sv.json' with { type: 'json' };

const texts = { fi, sv, en } satisfies Record<Language, Texts<keyof typeof fi>>;

export const title = ({ language }: PageContext): string => texts[language].title;
export const description = ({ language }: PageContext): string => texts[language].description;

/** `return` names the language too, where somebody comes with none. */
const signInUrl = (as: 'person' | 'organisation', back: string): string =>
  `/api/auth/sign-in?as=${as}&return=${encodeURIComponent(back)}`;

/** Person or organisation (R3.1); the rest is the state's. Works without scripts, then leading to the front page. */
export const page = ({ language, url }: PageContext) => {
  const t = translator(texts[language], language);
  return (
    <div class="container page">
      <PageHeader title={t('title')} lead={t('description')}>
        <p class="notice" id="back" hidden>
          {t('back')}
        </p>
      </PageHeader>
      <ul class="card-grid choices">
        {(['person', 'organisation'] as const).map(as => (
          <li class="card card--link" key={as}>
            <h2>
              <a data-keep-return href={signInUrl(as, url('front'))} aria-describedby={`${as}-text`}>
                {t(as)}
              </a>
            </h2>
            <p id={`${as}-text`}>{t(`${as}Text`)}</p>
          </li>
        ))}
      </ul>
      <div class="stack narrow after-choices">
        <p>{t('state')}</p>
        <p>{t('first')}</p>
        <p>
          <a href={`${url('help')}#signIn`}>{t('help')}</a>
        </p>
      </div>
    </div>
  );
};
