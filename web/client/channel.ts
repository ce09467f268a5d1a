/** What the tabs of one browser tell each other about the session: no names, no content; of folders whose they are. */
import type { EndReason } from './session.ts';

export type Message =
  | { readonly type: 'used' }
  /** For somebody else now. */
  | { readonly type: 'switched' }
  /** A page of this folder (`folderName`): by whatever way one came to it, the session is in no other now. */
  | { readonly type: 'opened'; readonly folder: string }
  | { readonly type: 'ended'; readonly reason: EndReason };

let opened: BroadcastChannel | undefined;

/**
 * One a page, for telling and hearing alike: a channel does not hear itself, but a second one on the page would.
 * A browser without channels notices by asking the server, a little later.
 */
const channel = (): BroadcastChannel | undefined => {
  if (typeof BroadcastChannel !== 'undefined') opened ??= new BroadcastChannel('session');
  return opened;
};

let saidEnd = false;

/** True once this page has said that the session is over: it is on its way out already. */
export const hasSaidEnd = (): boolean => saidEnd;

/** Tells the other tabs. */
export const tell = (message: Message): void => {
  saidEnd ||= message.type === 'ended';
  channel()?.postMessage(message);
};

/** Hears the other tabs, never this one; returns how to stop. */
export const hear = (act: (message: Message) => void): (() => void) => {
  const heard = (event: MessageEvent) => act(event.data as Message);
  channel()?.addEventListener('message', heard);
  return () => channel()?.removeEventListener('message', heard);
};
