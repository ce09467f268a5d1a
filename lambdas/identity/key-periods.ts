import type { EpochMs } from '../domain/case.ts';
import type { ClientKey, ClientKeys, KeyUse } from '../storage/client-keys.ts';

const day = 24 * 60 * 60 * 1000;
/** A pair is used for so long. */
const periodMs = 90 * day;
/** Before it is used, so that the issuer has seen it; after that, for what was encrypted to it. */
const aheadMs = 7 * day;

export const uses: readonly KeyUse[] = ['sig', 'enc'];

const periodOf = (now: EpochMs): number => Math.floor(now / periodMs);
/** Kept through the period after its own. */
const endOf = (period: number): EpochMs => (period + 2) * periodMs;

const provide = (keys: ClientKeys, use: KeyUse, period: number): Promise<ClientKey> =>
  keys.provide(use, period, endOf(period));

/** The pair in use now. */
export const currentKey = (keys: ClientKeys, use: KeyUse, now: EpochMs): Promise<ClientKey> =>
  provide(keys, use, periodOf(now));

/** The pairs there are that something met now may be encrypted to; makes none. */
export const knownKeys = async (
  keys: ClientKeys,
  use: KeyUse,
  now: EpochMs,
): Promise<readonly ClientKey[]> => {
  const period = periodOf(now);
  const found = await Promise.all([period - 1, period, period + 1].map(one => keys.find(use, one)));
  return found.filter(key => key !== undefined);
};

/** All pairs that may be met now: the one before, where there was one, the one in use, and the next when its time is near. */
export const validKeys = async (
  keys: ClientKeys,
  use: KeyUse,
  now: EpochMs,
): Promise<readonly ClientKey[]> => {
  const period = periodOf(now);
  const next = periodOf(now + aheadMs);
  const found = await Promise.all([
    keys.find(use, period - 1),
    provide(keys, use, period),
    ...(next > period ? [provide(keys, use, next)] : []),
  ]);
  return found.filter(key => key !== undefined);
};
