/** What a handler answers; the chain makes the HTTP response of it. */
export interface Answer {
  readonly status: number;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, as HTML; for the few answers a browser shows. */
  readonly html?: string;
  /** Sent as they are; `content-type` is the handler's to say. */
  readonly bytes?: Uint8Array;
  /** Lower-case names; these win over the chain's own security headers. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whole `Set-Cookie` values (`http/cookies.ts`). */
  readonly cookies?: readonly string[];
  /** For the log only: what was refused, where a page says so instead of problem+json. */
  readonly problem?: string;
}

/** A function's answer has room for 6 MB: for so many bytes, in base64 or as text within JSON. */
export const largestAnswerBytes = 4_000_000;

export const fitsAnswer = (content: string | Uint8Array): boolean =>
  Buffer.byteLength(content) <= largestAnswerBytes;

export type Extras = Pick<Answer, 'headers' | 'cookies'>;

export const ok = (body: unknown, extras: Extras = {}): Answer => ({ status: 200, body, ...extras });

export const created = (body: unknown, extras: Extras = {}): Answer => ({ status: 201, body, ...extras });

export const noContent = (extras: Extras = {}): Answer => ({ status: 204, ...extras });

/** 302; `location` is a path of ours or a whole address. */
export const redirect = (location: string, { headers, ...extras }: Extras = {}): Answer => ({
  status: 302,
  headers: { ...headers, location },
  ...extras,
});

export const html = (status: number, text: string, extras: Extras = {}): Answer => ({
  status,
  html: text,
  ...extras,
});

/** A file to be saved under that name, of letters, digits, dots and hyphens. */
export const download = (bytes: Uint8Array, type: string, name: string): Answer => ({
  status: 200,
  bytes,
  headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
});
