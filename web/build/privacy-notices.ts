import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Language, languages } from '../../lambdas/domain/language.ts';
import { type PrivacyNotice, privacyKeys } from '../page.ts';

const read = async (folder: string, language: Language): Promise<PrivacyNotice> => {
  const file = join(folder, `${language}.json`);
  const written = JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as Record<string, unknown>;
  const wrong = [
    ...privacyKeys.filter(key => typeof written[key] !== 'string' || written[key] === ''),
    ...Object.keys(written).filter(key => !privacyKeys.some(known => known === key)),
  ];
  if (wrong.length > 0) throw new Error(`${file}: missing or superfluous: ${wrong.join(', ')}`);
  return written as unknown as PrivacyNotice;
};

/** *Rekisteriseloste* of one of our own services: `privacy/` in its folder. Throws where a language or a matter lacks. */
export const readPrivacyNotice = async (
  web: string,
  service: string,
): Promise<Readonly<Record<Language, PrivacyNotice>>> => {
  const folder = join(web, 'content', 'services', service, 'privacy');
  const notices = await Promise.all(
    languages.map(async language => [language, await read(folder, language)] as const),
  );
  return Object.fromEntries(notices) as Record<Language, PrivacyNotice>;
};
