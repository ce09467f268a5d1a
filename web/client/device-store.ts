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

export const within = async <Value>(
  act: (store: IDBObjectStore) => IDBRequest<Value>,
  mode?: 'readwrite',
): Promise<Value> => asked(act((await open()).transaction(store, mode).objectStore(store)));

export const put = (record: Sealed) => within(records => records.put(record), 'readwrite');
export const remove = (name: string) => within(records => records.delete(name), 'readwrite');

/** Whether there is anything to read. */
export const isAnythingHere = async (): Promise<boolean> => (await within(records => records.count())) > 0;

/** Bound to its name: a record put under another's does not open. */
export const cipher = (name: string, iv: Uint8Array<ArrayBuffer>) => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(name),
});

export const seal = async (key: CryptoKey, name: string, value: unknown, at: EpochMs): Promise<Sealed> => {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  return { name, at, nonce, data: await crypto.subtle.encrypt(cipher(name, nonce), key, plain) };
};
