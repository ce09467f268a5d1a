/** What closed or crashed windows have left in this browser. */
import { all, onItsWay, unseal } from './device-reading.ts';
import { type DeviceCopy, nameOfCopy, prepareKey } from './on-device.ts';

/** Copies of the folder one is signed in to, the newest first. Asks for the key only where there is something to open. */
export const copiesOnDevice = async (): Promise<readonly DeviceCopy[]> => {
  // What goes to the page's other language has a key of its own.
  const kept = (await all()).filter(({ name }) => !name.startsWith(onItsWay));
  if (kept.length === 0) return [];
  const key = await prepareKey();
  const copies = await Promise.all(kept.map(record => unseal<DeviceCopy>(key, record)));
  return copies.filter(copy => copy !== undefined).sort((one, other) => other.at - one.at);
};

/** Those that no open window keeps to itself. */
export const copiesLeft = async (): Promise<readonly DeviceCopy[]> => {
  const copies = await copiesOnDevice();
  const held = copies.length === 0 ? undefined : (await navigator.locks?.query())?.held;
  const names = new Set(held?.map(({ name }) => name));
  return copies.filter(copy => !names.has(nameOfCopy(copy)));
};
