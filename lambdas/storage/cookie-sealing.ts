import { createHash, hkdfSync } from 'node:crypto';
import { decrypt, encrypt } from './sealing.ts';

/** The cookie as the table knows it. */
export const idHashOf = (cookie: string): string => createHash('sha256').update(cookie).digest('hex');

/**
 * What is personal in a session is sealed with a key drawn from the cookie, which only the browser has:
 * no key service is asked on the hottest path, and the table by itself opens nothing.
 */
const sealingKey = (cookie: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', cookie, '', 'session', 32));

/** Seals what belongs to a session and lies beside it. */
export const sealByCookie = (cookie: string, text: string): Uint8Array =>
  encrypt(sealingKey(cookie), text, idHashOf(cookie));
/** Throws where it was sealed by another cookie. */
export const openByCookie = (cookie: string, sealed: Uint8Array): string =>
  decrypt(sealingKey(cookie), sealed, idHashOf(cookie));
