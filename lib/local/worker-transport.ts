/** Takes the place of `lambdas/identity/transport.ts` in a worker: the local issuer speaks plain http, on loopback only. */
import type { Fetcher } from 'aws-jwt-verify/https';
import type * as strict from '../../lambdas/identity/transport.ts';

export const executeOptions: typeof strict.executeOptions = insecure => [insecure];

const fetchKeys = async (uri: string): Promise<ArrayBuffer> => {
  const response = await fetch(uri, { signal: AbortSignal.timeout(3_000) });
  if (!response.ok) throw new Error(`the keys' address answered ${response.status}`);
  return response.arrayBuffer();
};

export const jwksFetcher: typeof strict.jwksFetcher = { fetch: fetchKeys } satisfies Fetcher;
