/**
 * Encrypted things in this browser. IndexedDB, for what it has taken outlives a browser that is killed; a record's name,
 * time and size are all it shows.
 */
import type { EpochMs } from '../../lambdas/domain/case.ts';

export interface Sealed {
  readonly name: string;
  readonly at: EpochMs;
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

const store = 'copies';

const asked = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const openNew = (): Promise<IDBDatabase> => {
  const request = indexedDB.open('unsaved', 1);
  request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'name' });
  return asked(request);
};

let opened: Promise<IDBDatabase> | undefined;
const open = (): Promise<IDBDatabase> => {
  opened ??= openNew();
  return opened;
};

const within = async <Value>(
  act: (store: IDBObjectStore) => IDBRequest<Value>,
  mode?: 'readwrite',
): Promise<Value> => asked(act((await open()).transaction(store, mode).objectStore(store)));

/** Begins the name of what is on its way from one page to the next, and no other name. */
export const onItsWay = 'carried/';
const wayMs = 10 * 60_000;
/** As long as a draft itself would be kept. */
const keptMs = 90 * 86_400_000;

export const put = (record: Sealed) => within(records => records.put(record), 'readwrite');
export const remove = (name: string) => within(records => records.delete(name), 'readwrite');

/** All that is here but what has grown too old, which is taken away. */
export const all = async (): Promise<readonly Sealed[]> => {
  const now = Date.now();
  const isOld = ({ name, at }: Sealed) => now - at > (name.startsWith(onItsWay) ? wayMs : keptMs);
  const found: readonly Sealed[] = await within(records => records.getAll());
  for (const record of found) if (isOld(record)) await remove(record.name);
  return found.filter(record => !isOld(record));
};

/** Bound to its name: a record put under another's does not open. */
const cipher = (name: string, iv: Uint8Array<ArrayBuffer>) => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(name),
});

export const seal = async (key: CryptoKey, name: string, value: unknown, at: EpochMs): Promise<Sealed> => {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  return { name, at, nonce, data: await crypto.subtle.encrypt(cipher(name, nonce), key, plain) };
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
