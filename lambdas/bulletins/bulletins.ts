import { inForce, unchangedFor } from '../domain/bulletin.ts';
import { type Answer, ok } from '../http/answer.ts';
import type { PublicRequest } from '../http/request.ts';
import type { BulletinAnswer } from '../http/wire/services.ts';
import type { Bulletins } from '../storage/bulletins.ts';

export interface BulletinsDependencies {
  readonly bulletins: Pick<Bulletins, 'all'>;
}

const longestSeconds = 60;

/** `GET bulletins` (R5.3): what is announced now, the same for everybody. CloudFront keeps it no longer than it holds. */
export const listBulletins = async (
  { now }: Pick<PublicRequest, 'now'>,
  { bulletins }: BulletinsDependencies,
): Promise<Answer> => {
  const announced = await bulletins.all(now);
  const items: readonly BulletinAnswer[] = inForce(announced, now);
  const seconds = Math.min(longestSeconds, Math.floor(unchangedFor(announced, now) / 1_000));
  return ok({ items }, { headers: { 'cache-control': `public, max-age=0, s-maxage=${seconds}` } });
};
