/** The draft the address names: a reload, a bookmark, a link of the folder goes on with it. */
export const draftInAddress = (): string | undefined =>
  new URLSearchParams(location.search).get('draft') || undefined;

/** The form that asked for this one first (R6.8): an id, and nothing that could lead elsewhere. */
export const nextInAddress = (): string | undefined => {
  const next = new URLSearchParams(location.search).get('next') ?? '';
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(next) ? next : undefined;
};

/** Without a draft there is nothing to go on with: sent, or never saved. */
export const putInAddress = (draft: string | undefined): void => {
  const next = nextInAddress();
  const query = new URLSearchParams({ ...(draft !== undefined && { draft }), ...(next && { next }) });
  history.replaceState(history.state, '', location.pathname + (query.size > 0 ? `?${query}` : ''));
};
