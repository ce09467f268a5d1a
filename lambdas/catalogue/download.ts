import { BrokenRegister } from '../domain/catalogue/register.ts';

/** Milliseconds; the register has four megabytes. */
const patience = 60_000;

/** Fetches a register over https. Throws `BrokenRegister`, which never says more than the status. */
export const downloadRegister = async (url: string, fetcher: typeof fetch = fetch): Promise<string> => {
  if (!url.startsWith('https://')) throw new BrokenRegister('a register is fetched over https only');
  const response = await fetcher(url, { signal: AbortSignal.timeout(patience) }).catch(() => {
    throw new BrokenRegister('the register cannot be fetched');
  });
  if (!response.ok)
    throw new BrokenRegister(`where the register should be, the answer is ${response.status}`);
  return response.text();
};
