import type { Language } from '../../../lambdas/domain/language.ts';
import { type Texts, translator } from '../../../lambdas/domain/texts.ts';
import { PageHeader } from '../../components/page-header/page-header.tsx';
import { Section } from '../../components/prose/section.tsx';
import type { PageContext } from '../../page.ts';
import en from './en.json' with { type: 'json' };
import fi from './fi.json' with { type: 'json' };
import sv from './sv.json' with { type: 'json' };

const texts = { fi, sv, en } satisfies Record<Language, Texts<keyof typeof fi>>;

export const title = ({ language }: PageContext): string => texts[language].title;
export const description = ({ language }: PageContext): string => texts[language].description;

const sections = ['never', 'connection', 'data', 'session', 'shared', 'report'] as const;

export const page = ({ language, site, url }: PageContext) => {
  const t = translator(texts[language], language);
  const city = site.city.name[language];
  return (
    <div class="container page">
      <PageHeader title={t('title')} lead={t('description')} />
      <div class="stack stack--l">
        {sections.map(section => (
          <Section key={section} title={t(section)} text={t(`${section}Text`, { city })} />
        ))}
        <p>
          <a href={url('privacy')}>{t('privacy')}</a>
        </p>
      </div>
    </div>
  );
};
