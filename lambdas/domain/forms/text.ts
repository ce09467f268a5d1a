import type { Language } from '../language.ts';
import type { CompiledForm, Inline, Text } from './types.ts';

const inlineText = (content: readonly Inline[]): string =>
  content
    .map(part => (typeof part === 'string' ? part : 'strong' in part ? part.strong : part.link))
    .join('');

/** The words alone, for labels and headings. */
export const plainText = (text: Text): string =>
  typeof text === 'string'
    ? text
    : text
        .map(block =>
          block.kind === 'paragraph' ? inlineText(block.content) : block.items.map(inlineText).join(', '),
        )
        .join(' ')
        .trim();

/** A property's name as a person reads it: `firstName` and `first_name` are *First name*. */
export const readableName = (name: string): string => {
  const words = name
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim();
  return (
    words.charAt(0).toUpperCase() +
    words.slice(1).replace(/ \p{Lu}(?=\p{Ll})/gu, start => start.toLowerCase())
  );
};

/** What a definition says in a language: by key, or as it stands where it is no key. Undefined where it says nothing. */
export const textOf = ({ texts }: CompiledForm, language: Language, key: unknown): Text | undefined => {
  if (typeof key !== 'string' || key === '') return undefined;
  const text = Object.hasOwn(texts[language], key) ? texts[language][key] : key;
  return text === '' ? undefined : text;
};

export const labelOf = (form: CompiledForm, language: Language, key: unknown): string =>
  plainText(textOf(form, language, key) ?? '');
