import { findLinks, type Piece } from './links.ts';

const piece = (part: Piece) =>
  typeof part === 'string' ? (
    part
  ) : (
    <a href={part.href} rel="noopener noreferrer nofollow">
      {part.href}
    </a>
  );

/** What a person or an official wrote, as plain text (R8): lines and paragraphs kept, addresses to be followed, no more. */
export const PlainText = ({ text }: { text: string }) => (
  <div class="plain-text">
    {text
      .trim()
      .split(/\n{2,}/)
      .map(paragraph => (
        <p>
          {paragraph.split('\n').map((line, index) => (
            <>
              {index > 0 && <br />}
              {findLinks(line).map(piece)}
            </>
          ))}
        </p>
      ))}
  </div>
);
