/**
 * What has been typed and not yet saved, kept in this browser (R6.3, R3.6): encrypted under a key that the server hands to
 * whoever is signed in to the folder, so that without a session there is nothing to read.
 */
import type { EpochMs } from '../../lambdas/domain/case.ts';
import type { Saving } from '../../lambdas/domain/draft.ts';
import type { DraftKeyAnswer, DraftRequest } from '../../lambdas/http/wire/drafts.ts';
import { call } from './api.ts';
import { put, remove, seal } from './device-store.ts';

/** Which window's copy of which draft. */
export interface CopyName {
  readonly draft: string;
  /** The saving that will take it. */
  readonly saving: Saving;
}

export interface DeviceCopy extends DraftRequest, CopyName {
  readonly saving: Saving;
  /** The draft as it was read or saved last; absent where it never was. */
  readonly revision?: number | undefined;
  /** When the last of it was typed. */
  readonly at: EpochMs;
}

const theKey = async (): Promise<CryptoKey> => {
  const { key } = await call<DraftKeyAnswer>('drafts/key');
  const bytes = Uint8Array.from(atob(key), character => character.charCodeAt(0));
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
};

let asking: Promise<CryptoKey> | undefined;

/** Asked once a page, while there is a connection: it cannot be later. Again after it could not be had. */
export const prepareKey = (): Promise<CryptoKey> => {
  asking ??= theKey().catch(error => {
    asking = undefined;
    throw error;
  });
  return asking;
};

export const nameOfCopy = ({ draft, saving: { by } }: CopyName): string => `${draft} ${by}`;

/** Rejects where there is no key, or no room. */
export const keepOnDevice = async (copy: DeviceCopy): Promise<void> => {
  await put(await seal(await prepareKey(), nameOfCopy(copy), copy, copy.at));
};

export const removeFromDevice = (copy: CopyName): Promise<unknown> => remove(nameOfCopy(copy));

/** A window that is open keeps its copy to itself; what a closed or crashed one left is for whoever comes. */
export const holdCopy = (copy: CopyName): void =>
  void navigator.locks?.request(nameOfCopy(copy), () => new Promise(() => undefined)).catch(() => undefined);
