import type { Language } from '../../../lambdas/domain/language.ts';
import { type Texts, translator } from '../../../lambdas/domain/texts.ts';
import { signedInTexts } from '../../client/signed-in-texts.ts';
import { AppShell } from '../../components/app-shell/app-shell.tsx';
import { contactFieldsTexts } from '../../components/contact-fields/contact-fields-texts.ts';
import { myDataTexts } from '../../components/my-data/my-data-texts.ts';
import { consentWording } from '../../content/consent/wording.ts';
import type { PageContext } from '../../page.ts';
import en from './en.json' with { type: 'json' };
import fi from './fi.json' with { type: 'json' };
import sv from './sv.json' with { type: 'json' };

const texts = { fi, sv, en } satisfies Record<Language, Texts<keyof typeof fi>>;

export const title = ({ language }: PageContext): string => texts[language].title;
export const clientTexts = (language: Language): Texts =>
  signedInTexts(
    language,
    contactFieldsTexts[language],
    consentWording[language],
    myDataTexts(language),
    texts[language],
  );
export const unlisted = true;

export const page = ({ language }: PageContext) => {
  const t = translator(texts[language], language);
  return (
    <div class="container page">
      <AppShell>
        <div class="page-header">
          <h1>{t('title')}</h1>
        </div>
      </AppShell>
    </div>
  );
};
