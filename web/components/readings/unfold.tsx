import { type ComponentChildren, Fragment } from 'preact';
import { useState } from 'preact/hooks';

/** What is fetched only when somebody unfolds it. */
export const Unfold = ({ title, children }: { title: string; children: () => ComponentChildren }) => {
  const [wasOpened, setWasOpened] = useState(false);
  return (
    <details class="accordion" onToggle={event => setWasOpened(before => before || event.currentTarget.open)}>
      <summary>{title}</summary>
      <div class="accordion__body">{wasOpened && <Fragment>{children()}</Fragment>}</div>
    </details>
  );
};
