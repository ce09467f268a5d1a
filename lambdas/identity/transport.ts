import type { Fetcher } from 'aws-jwt-verify/https';
import type { Configuration } from 'openid-client';

/**
 * How issuers are spoken to: by TLS only. A bundle keeps this module beside it, and a local run, whose issuer is on
 * plain http at the loopback address, puts another one in its place; so nothing that loosens is ever deployed.
 */
export type Prepare = (configuration: Configuration) => void;

/** What is done to openid-client's configuration. `insecure` is for the local module only. */
export const executeOptions = (_insecure: Prepare): Prepare[] => [];

/** Fetches an issuer's keys for aws-jwt-verify; undefined is its own, which speaks https only. */
export const jwksFetcher: Fetcher | undefined = undefined;
