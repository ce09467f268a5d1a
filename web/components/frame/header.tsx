import { languages, type Translated } from '../../../lambdas/domain/language.ts';
import type { PageContext } from '../../page.ts';
import type { PageName } from '../../urls.ts';
import { Icon } from '../icon/icon.tsx';
import type { FrameKey, FrameTranslator } from './frame-texts.ts';
import { UnsentQuestion } from './unsent-question.tsx';

interface Props {
  readonly context: PageContext;
  /** This page in each language. */
  readonly paths: Translated;
  readonly t: FrameTranslator;
}

const languageNames: Translated = { fi: 'Suomi', sv: 'Svenska', en: 'English' };

const Languages = ({ context, paths, t }: Props) => (
  <nav class="languages" aria-label={t('languages')}>
    <ul>
      {languages.map(language => (
        <li key={language}>
          <a
            href={paths[language]}
            lang={language}
            hreflang={language}
            data-language={language}
            aria-current={language === context.language ? 'true' : undefined}
          >
            {languageNames[language]}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

/** AAA (R1.3). Shown only where scripts run: the choice is a script's to keep. */
const TextSize = ({ t }: Pick<Props, 't'>) => (
  // biome-ignore lint/a11y/useSemanticElements: three buttons, no form field
  <div class="text-size" role="group" aria-label={t('textSize')}>
    {(
      [
        ['m', 'A', 'textSizeM'],
        ['l', 'AA', 'textSizeL'],
        ['xl', 'AAA', 'textSizeXl'],
      ] as const
    ).map(([size, name, title]) => (
      <button
        key={size}
        type="button"
        class={`text-size__${size}`}
        data-size={size}
        aria-label={name}
        aria-pressed={size === 'm'}
        title={t(title)}
      >
        A
      </button>
    ))}
  </div>
);

/** Both states are in the page: a class on <html> chooses before the first paint. */
const Account = ({ context, t }: Pick<Props, 'context' | 't'>) => (
  <nav class="account" aria-label={t('account')}>
    <a class="account__sign-in" href={context.url('signIn')}>
      <Icon name="signin" />
      {t('signIn')}
    </a>
    <span class="account__signed-in">
      {/* biome-ignore lint/a11y/useAnchorContent: a script fills it in; while it is empty it is not shown */}
      <a
        class="account__name"
        href={context.url('actFor')}
        title={t('actFor')}
        data-account-name
        data-organisation={t('actingFor')}
      />
      <a href={context.url('details')}>{t('details')}</a>
      <button type="button" data-sign-out={context.url('signedOut')}>
        {t('signOut')}
      </button>
    </span>
  </nav>
);

const menu: readonly { readonly page: PageName; readonly text: FrameKey; readonly signedIn?: true }[] = [
  { page: 'front', text: 'front', signedIn: true },
  { page: 'services', text: 'services' },
  { page: 'folder', text: 'folder' },
  { page: 'help', text: 'help' },
  { page: 'security', text: 'security' },
];

const current = (context: PageContext, page: PageName): 'page' | 'true' | undefined => {
  if (context.page !== page) return undefined;
  return context.rest.length === 0 ? 'page' : 'true';
};

/** On a phone it folds to one word (R1.4); without scripts it stays open. */
const Menu = ({ context, t }: Pick<Props, 'context' | 't'>) => (
  <>
    <button class="menu-button" type="button" aria-expanded="false" aria-controls="menu">
      <Icon name="menu-hamburger" />
      {t('menu')}
    </button>
    <nav class="menu" id="menu" aria-label={t('mainMenu')}>
      <ul>
        {menu.map(({ page, text, signedIn }) => (
          <li key={page} class={signedIn && 'menu__signed-in'}>
            <a href={context.url(page)} aria-current={current(context, page)}>
              {t(text)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  </>
);

/** A mark that holds words comes in several languages; the name stands beside it as text in any case. */
const logoOf = ({ assets, language }: PageContext): string | undefined =>
  assets[`logo-${language}.svg`] ?? assets['logo.svg'];

export const Header = ({ context, paths, t }: Props) => (
  <header class="header">
    <div class="top-bar">
      <div class="container top-bar__row">
        <Languages context={context} paths={paths} t={t} />
        <TextSize t={t} />
        <Account context={context} t={t} />
      </div>
    </div>
    <p class="sign-out-failed" id="sign-out-failed" role="alert" data-text={t('signOutFailed')} />
    <UnsentQuestion t={t} />
    <div class="container header__row">
      <a class="brand" href={context.url('home')}>
        <img class="brand__logo" src={logoOf(context)} alt="" width="40" height="40" />
        <span class="brand__names">
          <span class="brand__city">{context.site.city.name[context.language]}</span>{' '}
          <span class="brand__portal">{t('portal')}</span>
        </span>
      </a>
      <Menu context={context} t={t} />
    </div>
  </header>
);
