/** What the tabs of one browser tell each other about the session: no names, no content. */
export type Message = 'used' | 'ended' | 'changed';

const open = (): BroadcastChannel | undefined =>
  typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('session');

export interface Channel {
  tell(message: Message): void;
  close(): void;
}

/** Hears the other tabs, never itself. A browser without channels notices by asking the server, a little later. */
export const openChannel = (hear: (message: Message) => void): Channel => {
  const channel = open();
  if (channel) channel.onmessage = event => hear(event.data as Message);
  return { tell: message => channel?.postMessage(message), close: () => channel?.close() };
};
