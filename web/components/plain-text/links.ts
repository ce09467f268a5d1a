export type Piece = string | { readonly href: string };

/** Web addresses only, written out in full: nothing executable can become a link, no name can hide where it leads. */
const address = /https?:\/\/[^\s<>"']+/g;
/** What closes a sentence is not part of the address before it. */
const closing = /[.,:;!?)\]]+$/;

/** Splits one line of plain text into text and the web addresses in it. */
export const findLinks = (line: string): readonly Piece[] => {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of line.matchAll(address)) {
    const href = match[0].replace(closing, '');
    if (!URL.canParse(href)) continue;
    if (match.index > end) pieces.push(line.slice(end, match.index));
    pieces.push({ href });
    end = match.index + href.length;
  }
  if (end < line.length) pieces.push(line.slice(end));
  return pieces;
};
