/** Moves focus to what cannot take it by tabbing (a heading, a section), and scrolls it into view. */
export const focusOn = (element: HTMLElement | null | undefined): void => {
  if (!element) return;
  if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) element.setAttribute('tabindex', '-1');
  element.focus();
};

export const focusById = (id: string): void => focusOn(document.getElementById(id));
