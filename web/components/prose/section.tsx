import type { ComponentChildren } from 'preact';
import { RichText } from '../rich-text/rich-text.tsx';

interface Props {
  readonly id?: string;
  readonly title: string;
  readonly text: string;
  readonly children?: ComponentChildren;
  /** Of its heading. */
  readonly level?: 2 | 3;
}

/** One matter of a page of running text. */
export const Section = ({ id, title, text, children, level = 2 }: Props) => {
  const Heading = `h${level}` as const;
  return (
    <section class="prose" id={id}>
      <Heading>{title}</Heading>
      <RichText text={text} />
      {children}
    </section>
  );
};

/** The same, folded under its title: for pages one comes to with one question of many. */
export const FoldedSection = ({ id, title, text }: Props) => (
  <details class="accordion" id={id}>
    <summary>
      <h3>{title}</h3>
    </summary>
    <div class="accordion__body prose">
      <RichText text={text} />
    </div>
  </details>
);
