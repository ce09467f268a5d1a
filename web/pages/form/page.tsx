import type { VNode } from 'preact';
import type { Language } from '../../../lambdas/domain/language.ts';
import { type Texts, translator } from '../../../lambdas/domain/texts.ts';
import { signedInTexts } from '../../client/signed-in-texts.ts';
import { actingForTexts } from '../../components/acting-for/acting-for-texts.ts';
import { AppShell } from '../../components/app-shell/app-shell.tsx';
import { fileSendingTexts } from '../../components/file-sending/file-sending-texts.ts';
import { formTexts } from '../../components/form/form-texts.ts';
import { receiptTexts } from '../../components/receipt/receipt-texts.ts';
import { roleTexts } from '../../content/roles/role-texts.ts';
import type { PageContext } from '../../page.ts';
import en from './en.json' with { type: 'json' };
import fi from './fi.json' with { type: 'json' };
import sv from './sv.json' with { type: 'json' };

const texts = { fi, sv, en } satisfies Record<Language, Texts<keyof typeof fi>>;

export const title = ({ language }: PageContext): string => translator(texts[language], language)('title');
export const clientTexts = (language: Language): Texts =>
  signedInTexts(
    language,
    formTexts[language],
    fileSendingTexts[language],
    receiptTexts(language),
    actingForTexts[language],
    roleTexts[language],
    texts[language],
  );
export const unlisted = true;
export const asksFirst = ['/api/forms/:id', '/api/drafts'];

interface Context extends PageContext {
  /** The form's first questions; the script's take their place. */
  readonly first?: VNode | undefined;
}

/** One shell for every form that has no page of its own yet: which one it is stands in the address. */
export const page = ({ first }: Context) => (
  <div class="container page">
    <AppShell>{first}</AppShell>
  </div>
);
