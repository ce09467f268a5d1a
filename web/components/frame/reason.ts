/** Shows what fits the `reason` in the address, where the page has something to say about it. */
export const showReason = (): void => {
  const reason = new URLSearchParams(location.search).get('reason');
  const paragraphs = [...document.querySelectorAll<HTMLElement>('[data-reason]')];
  if (!paragraphs.some(paragraph => paragraph.dataset.reason === reason)) return;
  for (const paragraph of paragraphs) paragraph.hidden = paragraph.dataset.reason !== reason;
};
