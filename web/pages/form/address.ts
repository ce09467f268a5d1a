/** The draft the address names: a reload, a bookmark, a link of the folder goes on with it. */
export const draftInAddress = (): string | undefined =>
  new URLSearchParams(location.search).get('draft') || undefined;

/** Without a draft there is nothing to go on with: sent, or never saved. */
export const putInAddress = (draft: string | undefined): void =>
  history.replaceState(
    history.state,
    '',
    location.pathname + (draft === undefined ? '' : `?draft=${encodeURIComponent(draft)}`),
  );
