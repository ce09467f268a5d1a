/** What signing out would lose, and whether its owner wants that. Loaded when somebody signs out. */
import { copiesOnDevice } from '../../client/copies-on-device.ts';
import { type DeviceCopy, removeFromDevice } from '../../client/on-device.ts';
import { here } from '../../client/unsent.ts';

/** A key that cannot be had opens nothing: what lies here then is not seen, and not ours to lose. */
const mine = (): Promise<readonly DeviceCopy[]> => copiesOnDevice().catch(() => []);

const ask = (): Promise<boolean> =>
  new Promise(resolve => {
    const dialog = document.getElementById('unsent') as HTMLDialogElement;
    dialog.returnValue = '';
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'leave'), { once: true });
    dialog.showModal();
  });

/** Nobody waits longer than this to sign out for a server that does not answer. */
const patienceMs = 4000;

/** Whoever signs out right after typing has not been slow: it is saved first, and asked about only where that fails. */
const save = (): Promise<unknown> =>
  Promise.race([
    here.save().catch(() => false),
    new Promise(resolve => {
      setTimeout(resolve, patienceMs);
    }),
  ]);

/** How to forget what is left on this device, once the session has ended; undefined where its owner would rather stay. */
export const mayLeave = async (): Promise<(() => Promise<void>) | undefined> => {
  await save();
  const copies = await mine();
  if ((copies.length > 0 || here.isOnlyHere()) && !(await ask())) return undefined;
  return async () => {
    here.hasSignedOut = true;
    await Promise.all(copies.map(removeFromDevice)).catch(() => undefined);
  };
};
