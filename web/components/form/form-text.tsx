import type { Inline, Text } from '../../../lambdas/domain/forms/types.ts';

const Piece = ({ piece }: { piece: Inline }) => {
  if (typeof piece === 'string') return <>{piece}</>;
  return 'strong' in piece ? <strong>{piece.strong}</strong> : <a href={piece.href}>{piece.link}</a>;
};

const Line = ({ content }: { content: readonly Inline[] }) => (
  <>
    {content.map((piece, index) => (
      <Piece key={index} piece={piece} />
    ))}
  </>
);

/** A text of a definition: paragraphs, lists, links. It never was HTML when it got here. */
export const FormText = ({ text }: { text: Text }) => {
  if (typeof text === 'string') return <p class="form-text">{text}</p>;
  return (
    <div class="form-text">
      {text.map((block, index) => {
        if (block.kind === 'paragraph')
          return (
            <p key={index}>
              <Line content={block.content} />
            </p>
          );
        const items = block.items.map((item, at) => (
          <li key={at}>
            <Line content={item} />
          </li>
        ));
        return block.ordered ? <ol key={index}>{items}</ol> : <ul key={index}>{items}</ul>;
      })}
    </div>
  );
};
