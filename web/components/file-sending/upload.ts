/** One upload of one file: what can be measured of it, and what can go wrong. */
import type { AttachmentAnswer } from '../../../lambdas/http/wire/attachments.ts';

/** Hex. The file is read whole: 20 MB is the most there can be. */
export const sha256 = async (file: File): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map(byte => byte.toString(16).padStart(2, '0')).join('');
};

/** How an upload ended: `refused` by the store (its invitation is over, say), or never answered. */
export class UploadFailure extends Error {
  readonly isRefused: boolean;
  constructor(isRefused: boolean) {
    super(isRefused ? 'refused' : 'interrupted');
    this.name = 'UploadFailure';
    this.isRefused = isRefused;
  }
}

/** Milliseconds without a byte moving after which an upload counts as interrupted. */
const stalledMs = 30_000;

/**
 * XMLHttpRequest, for only it tells how far an upload has got. Rejects with UploadFailure when the file did not arrive,
 * and at once when the signal says so.
 */
export const sendFile = (
  { url, fields }: AttachmentAnswer['upload'],
  file: File,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let stalled: ReturnType<typeof setTimeout> | undefined;
    const watch = () => {
      clearTimeout(stalled);
      stalled = setTimeout(() => request.abort(), stalledMs);
    };
    const end = (act: () => void) => () => {
      clearTimeout(stalled);
      signal.removeEventListener('abort', abort);
      act();
    };
    const abort = () => request.abort();
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', file);
    request.open('POST', url);
    request.upload.onprogress = event => {
      watch();
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = end(() => {
      if (request.status < 300) resolve();
      else reject(new UploadFailure(request.status < 500));
    });
    request.onerror = request.onabort = end(() => reject(new UploadFailure(false)));
    signal.addEventListener('abort', abort);
    watch();
    request.send(form);
  });
