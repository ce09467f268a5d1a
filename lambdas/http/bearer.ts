/** The token of a system that calls (RFC 6750), whoever has issued it. */
import { FetchError, WaitPeriodNotYetEndedJwkError } from 'aws-jwt-verify/error';
import { refuse } from '../domain/refusal.ts';
import type { PublicRequest } from './request.ts';

/** Says how to come in (section 3): without an error code where no token was shown. */
const noToken = () => refuse({ kind: 'unauthenticated', challenge: 'Bearer' });
export const badToken = () => refuse({ kind: 'unauthenticated', challenge: 'Bearer error="invalid_token"' });

/** Nothing of it has been verified at this point. Refuses `unauthenticated`. */
export const bearerOf = ({ headers: { authorization } }: Pick<PublicRequest, 'headers'>): string => {
  if (!authorization?.trim()) return noToken();
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization.trim())?.[1] ?? badToken();
};

/** Keys that could not be asked for, or not again so soon, say nothing about the token. */
const isUnavailable = (error: unknown): boolean =>
  error instanceof FetchError || error instanceof WaitPeriodNotYetEndedJwkError;

/** The token's payload. Refuses `unauthenticated`, or `unavailable` where the issuer's keys cannot be had. */
export const verified = async (
  verifier: { verify(token: string): Promise<unknown> },
  token: string,
): Promise<unknown> => {
  try {
    return await verifier.verify(token);
  } catch (error) {
    return isUnavailable(error) ? refuse({ kind: 'unavailable' }) : badToken();
  }
};
