import { Fragment } from 'preact';
import { type Block, type Inline, parseRichText } from '../../../lambdas/domain/catalogue/rich-text.ts';

const Part = ({ part }: { part: Inline }) =>
  typeof part === 'string' ? part : <a href={part.href}>{part.text}</a>;

const Line = ({ line }: { line: readonly Inline[] }) => (
  <>
    {line.map((part, index) => (
      <Part key={index} part={part} />
    ))}
  </>
);

const Lines = ({ lines }: { lines: readonly (readonly Inline[])[] }) => (
  <p>
    {lines.map((line, index) => (
      <Fragment key={index}>
        {index > 0 && <br />}
        <Line line={line} />
      </Fragment>
    ))}
  </p>
);

const Items = ({ block }: { block: Extract<Block, { kind: 'list' }> }) => {
  const items = block.items.map((line, index) => (
    <li key={index}>
      <Line line={line} />
    </li>
  ));
  return block.start === undefined ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>;
};

/** A text that came as data: paragraphs, lists and links of its own, never its HTML. */
export const RichText = ({ text }: { text: string }) => (
  <>
    {parseRichText(text).map((block, index) =>
      block.kind === 'paragraph' ? (
        <Lines key={index} lines={block.lines} />
      ) : (
        <Items key={index} block={block} />
      ),
    )}
  </>
);
