/** What this page's other language has sent along: its key is out of the address before anything else happens here. */

let arriving: Promise<unknown> | undefined;

/**
 * To be awaited before the session is asked: whoever has none is led away, and neither the key nor what it opens may stay
 * in the browser then. `open` is given the fragment.
 */
export const receive = async (open: (fragment: string) => Promise<unknown>): Promise<void> => {
  const { hash, pathname, search } = location;
  if (!hash.startsWith('#carried=')) return;
  history.replaceState(history.state, '', pathname + search);
  arriving = open(hash).catch(() => undefined);
  await arriving;
};

/** Undefined where nothing came along, or it could not be opened. The same however often a page asks. */
export const received = async <Value>(): Promise<Value | undefined> => (await arriving) as Value | undefined;
