import type { Language } from '../../../lambdas/domain/language.ts';
import type { Texts } from '../../../lambdas/domain/texts.ts';
import { signedInTexts } from '../../client/signed-in-texts.ts';
import { AppPage } from '../../components/app-shell/app-page.tsx';
import { caseStatusTexts } from '../../components/case-status/case-status-texts.ts';
import { downloadTexts } from '../../components/download/download-texts.ts';
import { fileSendingTexts } from '../../components/file-sending/file-sending-texts.ts';
import { answersTexts } from '../../components/form/form-texts.ts';
import { readingsTexts } from '../../components/readings/readings-texts.ts';
import { receiptTexts } from '../../components/receipt/receipt-texts.ts';
import { unreadTexts } from '../../components/unread/unread-texts.ts';
import { roleTexts } from '../../content/roles/role-texts.ts';
import type { PageContext, Site } from '../../page.ts';
import en from './en.json' with { type: 'json' };
import fi from './fi.json' with { type: 'json' };
import sv from './sv.json' with { type: 'json' };

const texts = { fi, sv, en } satisfies Record<Language, Texts<keyof typeof fi>>;

export const title = ({ language }: PageContext): string => texts[language].title;
export const clientTexts = (language: Language, { city }: Site): Texts =>
  signedInTexts(
    language,
    caseStatusTexts(language),
    answersTexts(language),
    fileSendingTexts[language],
    receiptTexts(language),
    downloadTexts[language],
    unreadTexts(language),
    readingsTexts(language),
    roleTexts[language],
    texts[language],
    { 'health.url': city.links.healthMessages[language] },
  );
export const unlisted = true;

export const page = ({ language }: PageContext) => (
  <AppPage title={texts[language].title} lead={texts[language].lead} />
);
