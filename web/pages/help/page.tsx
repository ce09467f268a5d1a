import type { Language } from '../../../lambdas/domain/language.ts';
import { type Texts, translator } from '../../../lambdas/domain/texts.ts';
import { PageHeader } from '../../components/page-header/page-header.tsx';
import { FoldedSection, Section } from '../../components/prose/section.tsx';
import { RichText } from '../../components/rich-text/rich-text.tsx';
import type { PageContext } from '../../page.ts';
import en from './en.json' with { type: 'json' };
import fi from './fi.json' with { type: 'json' };
import sv from './sv.json' with { type: 'json' };

const texts = { fi, sv, en } satisfies Record<Language, Texts<keyof typeof fi>>;

export const title = ({ language }: PageContext): string => texts[language].title;
export const description = ({ language }: PageContext): string => texts[language].description;

type T = ReturnType<typeof translator<keyof typeof fi>>;

const beginning = ['what', 'find', 'signIn'] as const;
const methods = ['bank', 'mobile', 'card', 'organisation', 'failed', 'sso', 'register'] as const;
const rest = ['forms', 'folder', 'messages', 'notifications', 'out', 'browsers', 'javascript'] as const;
const others = ['State', 'Bank', 'Mobile', 'Card', 'Organisation'] as const;

/** Whom to turn to when something fails (R3.7): most of it is not the city's. */
const Contacts = ({ t, site, language }: { t: T } & Pick<PageContext, 'site' | 'language'>) => (
  <table class="table table--stacked">
    <caption class="visually-hidden">{t('contacts')}</caption>
    <thead>
      <tr>
        <th scope="col">{t('contactsWho')}</th>
        <th scope="col">{t('contactsWhere')}</th>
      </tr>
    </thead>
    <tbody>
      <tr>
        <th scope="row">{t('contactCity')}</th>
        <td>
          {site.helpline.name[language]}, {site.helpline.phone},{' '}
          <a href={`mailto:${site.helpline.email}`}>{site.helpline.email}</a>
        </td>
      </tr>
      {others.map(other => (
        <tr key={other}>
          <th scope="row">{t(`contact${other}`)}</th>
          <td>
            <RichText text={t(`contact${other}Where`)} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

export const page = ({ language, site, url }: PageContext) => {
  const t = translator(texts[language], language);
  return (
    <div class="container page">
      <PageHeader title={t('title')} lead={t('description')}>
        <p>
          <a href={url('howItWorks')}>{t('easy')}</a>
        </p>
      </PageHeader>
      <div class="stack stack--l narrow">
        {beginning.map(section => (
          <Section key={section} id={section} title={t(section)} text={t(`${section}Text`)} />
        ))}
        <div class="accordions">
          {/* Links to what was there before still lead to what has taken its place. */}
          <span id="katso" />
          {methods.map(method => (
            <FoldedSection key={method} id={method} title={t(method)} text={t(`${method}Text`)} />
          ))}
        </div>
        {rest.map(section => (
          <Section key={section} id={section} title={t(section)} text={t(`${section}Text`)} />
        ))}
        <section class="prose" id="contacts">
          <h2>{t('contacts')}</h2>
          <Contacts t={t} site={site} language={language} />
        </section>
      </div>
    </div>
  );
};
