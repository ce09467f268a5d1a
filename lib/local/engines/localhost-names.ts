import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Makes every name under `.localhost` this machine (RFC 6761, section 6.3), which the C library's resolver does not
 * everywhere. The CloudFront key-value store's client puts the account before the host of its endpoint, so a local
 * endpoint must be `http://localhost:<port>` and `http://<account>.localhost:<port>` must be found. Once a thread.
 */
export const resolveLocalhostNames = (): void => {
  const lookup = dns.lookup as (...args: unknown[]) => void;
  const ours = (hostname: string, ...rest: unknown[]): void =>
    lookup(hostname.toLowerCase().endsWith('.localhost') ? '127.0.0.1' : hostname, ...rest);
  dns.lookup = Object.assign(ours, dns.lookup) as typeof dns.lookup;
  syncBuiltinESMExports();
};
