import { findLinks, type Piece } from './links.ts';

const nodeOf = (piece: Piece): string | HTMLElement => {
  if (typeof piece === 'string') return piece;
  const link = document.createElement('a');
  link.href = piece.href;
  link.rel = 'noopener noreferrer nofollow';
  link.textContent = piece.href;
  return link;
};

const lineBreak = () => document.createElement('br');

/** Plain text as `plain-text.tsx` shows it, for pages without a framework: text nodes and links, never HTML. */
export const paragraphsOf = (text: string): HTMLElement[] =>
  text
    .trim()
    .split(/\n{2,}/)
    .map(paragraph => {
      const element = document.createElement('p');
      for (const [index, line] of paragraph.split('\n').entries())
        element.append(...(index > 0 ? [lineBreak()] : []), ...findLinks(line).map(nodeOf));
      return element;
    });
