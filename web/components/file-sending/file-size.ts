import type { Language } from '../../../lambdas/domain/language.ts';

/** `12 kB`, `1,4 Mt` in Finnish, where a byte is a *tavu*. */
export const kilobytes = (bytes: number, language: Language): string => {
  const isLarge = bytes >= 1_000_000;
  const number = isLarge ? Math.round(bytes / 100_000) / 10 : Math.ceil(bytes / 1000);
  const unit = language === 'fi' ? (isLarge ? 'Mt' : 'kt') : isLarge ? 'MB' : 'kB';
  return `${number.toLocaleString(language)} ${unit}`;
};
