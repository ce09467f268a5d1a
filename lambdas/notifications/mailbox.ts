/** Characters of one encoded word: with four bytes each they stay within the 75 it may have (RFC 2047, section 2). */
const wordLength = 10;

const encodedWord = (characters: readonly string[]): string =>
  `=?UTF-8?B?${Buffer.from(characters.join('')).toString('base64')}?=`;

const encoded = (name: string): string => {
  const characters = [...name];
  const words = Array.from({ length: Math.ceil(characters.length / wordLength) }, (_, index) =>
    encodedWord(characters.slice(index * wordLength, (index + 1) * wordLength)),
  );
  return words.join(' ');
};

/** A name with an address as a mail's header writes them (RFC 5322, section 3.4): `"City of Helsinki" <a@b.fi>`. */
export const mailbox = (name: string, address: string): string =>
  `${/^[\w .'-]+$/.test(name) ? `"${name}"` : encoded(name)} <${address}>`;
