/** Everything here is too new for some browser of ours: what the check must find. */
export const tooNew = async (element: HTMLElement, values: Map<string, number>): Promise<unknown> => {
  document.startViewTransition(() => element.togglePopover());
  const shared = new Set([1]).union(new Set([2]));
  const doubled = values.values().map(value => value * 2);
  const parsed = URL.parse('/', location.href);
  return [shared, doubled, parsed, await Promise.try(() => 1), Object.groupBy([1], String)];
};

export const Popover = () => <div popover="auto">…</div>;
