import type { Language } from '../../../lambdas/domain/language.ts';
import type { Texts } from '../../../lambdas/domain/texts.ts';
import { signedInTexts } from '../../client/signed-in-texts.ts';
import { AppPage } from '../../components/app-shell/app-page.tsx';
import { contactFieldsTexts } from '../../components/contact-fields/contact-fields-texts.ts';
import { myDataTexts } from '../../components/my-data/my-data-texts.ts';
import { readingsTexts } from '../../components/readings/readings-texts.ts';
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
    readingsTexts(language),
    myDataTexts(language),
    texts[language],
  );
export const unlisted = true;

export const page = ({ language }: PageContext) => (
  <AppPage title={texts[language].title} lead={texts[language].lead} />
);
