import { fileSendingTexts } from '../../web/components/file-sending/file-sending-texts.ts';
import { formTexts } from '../../web/components/form/form-texts.ts';
import { readingsTexts } from '../../web/components/readings/readings-texts.ts';
import enFolder from '../../web/pages/folder/en.json' with { type: 'json' };
import fiFolder from '../../web/pages/folder/fi.json' with { type: 'json' };
import svFolder from '../../web/pages/folder/sv.json' with { type: 'json' };
import type { Language } from '../domain/language.ts';
import { type Texts, translator } from '../domain/texts.ts';
import en from './en.json' with { type: 'json' };
import fi from './fi.json' with { type: 'json' };
import sv from './sv.json' with { type: 'json' };

const texts = { fi, sv, en } satisfies Record<Language, Texts<keyof typeof fi>>;
const folder = { fi: fiFolder, sv: svFolder, en: enFolder } satisfies Record<
  Language,
  Texts<keyof typeof fiFolder>
>;

export const recordText = (language: Language) => translator(texts[language], language);
/** Events are called as the folder calls them. */
export const folderText = (language: Language) => translator(folder[language], language);
/** Methods of identification are called as in the list of sign-ins. */
export const methodText = (language: Language, method: string): string => {
  const texts = readingsTexts(language);
  return texts[`signIns.method.${method}`] ?? texts['signIns.method.other'] ?? method;
};
export const fileText = (language: Language) => translator<string>(fileSendingTexts[language], language);
export const formText = (language: Language) => translator<string>(formTexts[language], language);
