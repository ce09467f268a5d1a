import { ask } from './api.ts';

export interface FetchedFile {
  readonly content: Blob;
  /** As the server calls it. */
  readonly name: string;
}

const nameIn = (disposition: string | null): string =>
  /filename="([^"]+)"/.exec(disposition ?? '')?.[1] ?? '';

/** Megabytes over a poor connection, in milliseconds. */
const patience = 10 * 60_000;

/** `path` is relative to `/api/`. Throws ApiFailure and nothing else. */
export const getFile = (path: string): Promise<FetchedFile> =>
  ask(path, { headers: { accept: '*/*' }, patience }, async response => ({
    content: await response.blob(),
    name: nameIn(response.headers.get('content-disposition')),
  }));

/** Into the browser's downloads. */
export const saveFile = ({ content, name }: FetchedFile): void => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // Once the browser has begun to read it.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};
