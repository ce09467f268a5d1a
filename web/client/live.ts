/** One polite live region a page. It must be in the document before its text changes, or screen readers stay silent. */
let region: HTMLElement | undefined;

const liveRegion = (): HTMLElement => {
  if (region?.isConnected) return region;
  region = document.createElement('div');
  region.className = 'visually-hidden';
  region.setAttribute('aria-live', 'polite');
  region.setAttribute('aria-atomic', 'true');
  document.body.append(region);
  return region;
};

/** Puts the region in place; called once, when the page starts. */
export const prepareLiveRegion = (): void => void liveRegion();

/** Says a text once without moving focus. The same text twice is said twice. */
export const announce = (text: string): void => {
  const target = liveRegion();
  target.textContent = '';
  // A change within the same task is merged away; the next frame is a change of its own.
  setTimeout(() => {
    target.textContent = text;
  }, 100);
};
