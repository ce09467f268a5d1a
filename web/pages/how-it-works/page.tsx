import type { Language } from '../../../lambdas/domain/language.ts';
import { type Texts, translator } from '../../../lambdas/domain/texts.ts';
import { PageHeader } from '../../components/page-header/page-header.tsx';
import { Section } from '../../components/prose/section.tsx';
import type { PageContext } from '../../page.ts';
import type { PageName } from '../../urls.ts';
import en from './en.json' with { type: 'json' };
import fi from './fi.json' with { type: 'json' };
import sv from './sv.json' with { type: 'json' };

const texts = { fi, sv, en } satisfies Record<Language, Texts<keyof typeof fi>>;

export const title = ({ language }: PageContext): string => texts[language].title;
export const description = ({ language }: PageContext): string => texts[language].description;

const sections = [
  'what',
  'find',
  'signIn',
  'first',
  'form',
  'follow',
  'messages',
  'out',
  'safe',
  'without',
  'help',
] as const;

/** Where a section leads on to. */
const next = {
  find: 'services',
  signIn: 'signIn',
  follow: 'folder',
  help: 'help',
} as const satisfies Partial<Record<(typeof sections)[number], PageName>>;

const hasNext = (section: string): section is keyof typeof next => section in next;

/** All of it in plain language (*selkokieli*): short words, one thing a sentence, a line for each. */
export const page = ({ language, site, url }: PageContext) => {
  const t = translator(texts[language], language);
  const { phone, email } = site.helpline;
  return (
    <div class="container page plain-language">
      <PageHeader title={t('title')} lead={t('description')} />
      <div class="stack stack--l narrow">
        <nav class="prose" aria-labelledby="contents">
          <h2 id="contents">{t('contents')}</h2>
          <ul>
            {sections.map(section => (
              <li key={section}>
                <a href={`#${section}`}>{t(section)}</a>
              </li>
            ))}
          </ul>
        </nav>
        {sections.map(section => (
          <Section key={section} id={section} title={t(section)} text={t(`${section}Text`, { phone, email })}>
            {hasNext(section) && (
              <p>
                <a href={url(next[section])}>{t(`${section}Link`)}</a>
              </p>
            )}
          </Section>
        ))}
      </div>
    </div>
  );
};
