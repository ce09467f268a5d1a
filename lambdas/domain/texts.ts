import type { Language } from './language.ts';

export type Texts<Key extends string = string> = Readonly<Record<Key, string>>;
export type Values = Readonly<Record<string, string | number>>;

const rules: Partial<Record<Language, Intl.PluralRules>> = {};
const pluralRules = (language: Language): Intl.PluralRules =>
  (rules[language] ??= new Intl.PluralRules(language));

/**
 * Fills a text: `{name}` is replaced by a value, and `{count, one: tapaus, other: # tapausta}` by the form
 * the language's plural rules choose (`#` is the number in the language's own digits and spaces).
 */
export const fill = (text: string, language: Language, values: Values = {}): string =>
  text.replace(/\{(\w+)(?:,((?:[^{}]|\{\w+\})*))?\}/g, (whole, name: string, forms?: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (forms === undefined) return String(value);
    const chosen = pluralRules(language).select(Number(value));
    const options = Object.fromEntries(
      forms.split(/,\s*(?=(?:zero|one|two|few|many|other):)/).map(form => {
        const colon = form.indexOf(':');
        return [form.slice(0, colon).trim(), form.slice(colon + 1).trim()];
      }),
    );
    return (options[chosen] ?? options.other ?? whole).replace('#', Number(value).toLocaleString(language));
  });

/** `t('key', {name})` for one language's texts. An unknown key does not compile. */
export const translator =
  <Key extends string>(texts: Texts<Key>, language: Language) =>
  (key: Key, values?: Values): string =>
    fill(texts[key], language, values);
