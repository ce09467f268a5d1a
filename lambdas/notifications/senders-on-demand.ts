import type { Notify, Senders } from './send.ts';

/** The clients of SES and SNS are a third of a function's start; this loads them with the first message. */
export const sendersOnDemand = (from: Omit<Senders, 'ses' | 'sns'>): Notify => {
  let loaded: Promise<Notify> | undefined;
  const load = () =>
    (loaded ??= import('./senders.ts').then(({ senders, whilePeopleWait }) =>
      senders(from, whilePeopleWait),
    ));
  return async (recipient, texts) => (await load())(recipient, texts);
};
