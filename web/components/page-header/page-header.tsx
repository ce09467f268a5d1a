import type { ComponentChildren } from 'preact';

interface Props {
  readonly title: string;
  /** What the page is for, in a sentence. */
  readonly lead: string;
  readonly children?: ComponentChildren;
}

export const PageHeader = ({ title, lead, children }: Props) => (
  <div class="page-header">
    <h1>{title}</h1>
    <p class="lead">{lead}</p>
    {children}
  </div>
);
