import type { Buckets } from './buckets.ts';
import type { PortalApi } from './http-api.ts';
import type { Keys } from './keys.ts';
import type { Secrets } from './secrets.ts';
import type { Stage } from './stage.ts';
import type { Tables } from './tables.ts';

/** What every feature stands on. */
export interface Ground {
  readonly stage: Stage;
  readonly keys: Keys;
  readonly tables: Tables;
  readonly buckets: Buckets;
  readonly secrets: Secrets;
  readonly api: PortalApi;
}
