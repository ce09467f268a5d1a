import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';

interface Properties {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly actions: ComponentChildren;
  /** Escape, and whatever else the browser takes for "away with this". */
  readonly onDismiss: () => void;
  /** An alert dialog interrupts: a screen reader reads its text at once. */
  readonly alert?: boolean;
  /** There is more in it than should be read aloud at once, or fits a phone: it begins at its title. */
  readonly isPlain?: boolean;
}

/** A modal dialog of the browser's own: it keeps focus inside, and gives it back to where it was. */
export const Dialog = ({
  title,
  children,
  actions,
  onDismiss,
  alert = false,
  isPlain = false,
}: Properties) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // At once: an effect after the paint may come after one of what the dialog holds, and take the focus from it.
  useLayoutEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    if (isPlain) element?.querySelector('h2')?.focus();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const cancel = (event: Event) => {
    event.preventDefault();
    onDismiss();
  };
  return (
    <dialog
      class="dialog"
      ref={dialog}
      onCancel={cancel}
      aria-labelledby={`${id}-title`}
      aria-describedby={isPlain ? undefined : `${id}-body`}
      {...(alert ? { role: 'alertdialog' as const } : {})}
    >
      <h2 id={`${id}-title`} tabIndex={isPlain ? -1 : undefined}>
        {title}
      </h2>
      <div id={`${id}-body`} class="dialog__body">
        {children}
      </div>
      <div class="actions">{actions}</div>
    </dialog>
  );
};
