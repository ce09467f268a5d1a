/** What was encrypted in this browser, opened again. */
import { cipher, remove, type Sealed, within } from './device-store.ts';

/** Begins the name of what is on its way from one page to the next, and no other name. */
export const onItsWay = 'carried/';
const wayMs = 10 * 60_000;
/** As long as a draft itself would be kept. */
const keptMs = 90 * 86_400_000;

/** All that is here but what has grown too old, which is taken away. */
export const all = async (): Promise<readonly Sealed[]> => {
  const now = Date.now();
  const isOld = ({ name, at }: Sealed) => now - at > (name.startsWith(onItsWay) ? wayMs : keptMs);
  const found: readonly Sealed[] = await within(records => records.getAll());
  for (const record of found) if (isOld(record)) await remove(record.name);
  return found.filter(record => !isOld(record));
};

/** Undefined for what was sealed with another key. */
export const unseal = async <Value>(
  key: CryptoKey,
  { name, nonce, data }: Sealed,
): Promise<Value | undefined> => {
  try {
    const plain = await crypto.subtle.decrypt(cipher(name, nonce), key, data);
    return JSON.parse(new TextDecoder().decode(plain)) as Value;
  } catch {
    return undefined;
  }
};
