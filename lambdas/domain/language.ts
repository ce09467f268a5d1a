/** The three languages everything a person reads exists in (R1.2). */
export const languages = ['fi', 'sv', 'en'] as const;
export type Language = (typeof languages)[number];

/** A text in all three languages; a missing one does not compile. */
export type Translated = Readonly<Record<Language, string>>;

export const isLanguage = (value: unknown): value is Language => languages.includes(value as Language);
