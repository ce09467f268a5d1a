import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface Properties {
  readonly title: string;
  readonly children: ComponentChildren;
  /** For those who move focus here. */
  readonly headingId?: string;
}

/** A titled part of an unfolded case. */
export const Part = ({ title, children, headingId }: Properties) => {
  const own = useId();
  const id = headingId ?? own;
  return (
    <section class="stack stack--s case__part" aria-labelledby={id}>
      <h4 id={id}>{title}</h4>
      {children}
    </section>
  );
};
