/** The session: 256 random bits; `__Host-` keeps it on this very host and over TLS only. */
export const sessionCookie = '__Host-session';
/** Says to public pages' scripts that asking `GET session` is worth it. Holds nothing. */
export const hintCookie = 'signed-in';
/** Binds a sign-in that was begun to the browser that began it. */
export const signInCookie = '__Host-sign-in';

/** HTTP API hands cookies over as `name=value` strings. The first of a name wins, as browsers send the narrowest first. */
export const readCookies = (cookies: readonly string[] = []): Readonly<Record<string, string>> => {
  const read: Record<string, string> = {};
  for (const cookie of cookies) {
    const [name = '', ...value] = cookie.split('=');
    read[name.trim()] ??= value.join('=').trim();
  }
  return read;
};

const attributes = 'Path=/; Secure; SameSite=Lax';

/** Without Max-Age: closing the browser forgets them (R3.6). */
export const signedInCookies = (value: string): string[] => [
  `${sessionCookie}=${value}; ${attributes}; HttpOnly`,
  `${hintCookie}=1; ${attributes}`,
];

export const clearedCookies = (): string[] => [
  `${sessionCookie}=; ${attributes}; HttpOnly; Max-Age=0`,
  `${hintCookie}=; ${attributes}; Max-Age=0`,
];

/** No sign-in begun in this browser can be finished any more. */
export const signInForgotten = (): string => boundToBrowser('', 0);

/** @param maxAgeSeconds how long an identification may take */
export const boundToBrowser = (value: string, maxAgeSeconds: number): string =>
  `${signInCookie}=${value}; ${attributes}; HttpOnly; Max-Age=${maxAgeSeconds}`;
