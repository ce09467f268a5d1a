/**
 * Takes what is on a page along to the page's other language, where no server keeps it: encrypted in this browser under a
 * key that travels in the address's fragment, which is sent to nobody, and gone once it has arrived.
 */
import { all, onItsWay, unseal } from './device-reading.ts';
import { put, remove, seal } from './device-store.ts';

const algorithm = 'AES-GCM';

/** The fragment for the other page's address. */
const carry = async (value: unknown): Promise<string> => {
  const key = await crypto.subtle.generateKey({ name: algorithm, length: 256 }, true, ['encrypt']);
  const id = crypto.randomUUID();
  await put(await seal(key, onItsWay + id, value, Date.now()));
  return `carried=${id}.${(await crypto.subtle.exportKey('jwk', key)).k}`;
};

/** Has the link's next click lead there with the value, whoever else aims it. Resolves to whether it will. */
export const aim = async (link: HTMLAnchorElement, value: unknown): Promise<boolean> => {
  const fragment = await carry(value).catch(() => undefined);
  if (fragment === undefined) return false;
  const add = () => {
    link.hash = fragment;
  };
  addEventListener('click', add, { once: true });
  return true;
};

/** What the page in the other language has sent along under this fragment of the address. */
export const openCarried = async (fragment: string): Promise<unknown> => {
  const [, id, k] = /^#carried=([\w-]+)\.([\w-]+)$/.exec(fragment) ?? [];
  if (id === undefined || k === undefined) return undefined;
  const name = onItsWay + id;
  const record = (await all()).find(one => one.name === name);
  await remove(name);
  const key = await crypto.subtle.importKey('jwk', { kty: 'oct', k }, algorithm, false, ['decrypt']);
  return record && unseal(key, record);
};

/** A click that would change the page's language in this window. */
export const languageLink = (event: MouseEvent): HTMLAnchorElement | undefined =>
  event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
    ? undefined
    : ((event.target as Element).closest<HTMLAnchorElement>('a[data-language]') ?? undefined);

/** For a page that has nothing else to do before it goes. */
export const carryToOtherLanguage = (value: () => unknown): (() => void) => {
  let isAimed = false;
  const clicked = (event: MouseEvent) => {
    const link = languageLink(event);
    if (!link || isAimed) return;
    event.preventDefault();
    event.stopPropagation();
    void aim(link, value()).then(() => {
      isAimed = true;
      link.click();
    });
  };
  document.addEventListener('click', clicked, true);
  return () => document.removeEventListener('click', clicked, true);
};
