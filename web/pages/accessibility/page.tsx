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

/** What the Act on the Provision of Digital Services (306/2019, section 9) wants said, in the order of its model. */
const sections = [
  'about',
  'status',
  'gaps',
  'instead',
  'outside',
  'how',
  'ways',
  'feedback',
  'authority',
  'authorityContact',
] as const;

/** The day on which the portal was last assessed: a new assessment gets a new date. */
const assessed = '2026-11-22';

const dateIn = (language: Language): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(Date.parse(assessed));

const valuesOf = ({ language, site }: PageContext) => {
  const { accessibilityAuthority: authority, accessibilityFeedback } = site.city.legal;
  const common = { city: site.city.name[language], address: site.portalUrl, date: dateIn(language) };
  return {
    common,
    feedback: { email: accessibilityFeedback, phone: site.helpline.phone },
    authority: { complaint: authority.complaint[language] },
    authorityContact: {
      name: authority.name[language],
      website: authority.website[language],
      email: authority.email,
      phone: authority.phone,
    },
  };
};

export const page = (context: PageContext) => {
  const { language } = context;
  const t = translator(texts[language], language);
  const { common, ...own } = valuesOf(context);
  return (
    <div class="container page">
      <PageHeader title={t('title')} lead={t('description')} />
      <div class="stack stack--l">
        {sections.map(section => (
          <Section
            key={section}
            id={section}
            title={t(section)}
            text={t(`${section}Text`, section in own ? own[section as keyof typeof own] : common)}
          />
        ))}
      </div>
    </div>
  );
};
