import type { Construct } from 'constructs';
import type { Settings } from '../lambdas/configuration.ts';
import type { Ground } from './ground.ts';
import type { RouteKey } from './http-api.ts';
import { PortalFunction } from './portal-function.ts';

/** What every handler's chain needs, whatever the handler does. */
type ChainSettings = 'PORTAL_URL' | 'ORIGIN_SECRET';

export interface ApiFunctionProps<Environment> {
  readonly bundle: string;
  readonly routes: readonly RouteKey[];
  readonly environment: Omit<Environment, ChainSettings>;
  /** By default 10; 28 at most. */
  readonly timeoutSeconds?: number;
}

/** A function that answers requests: API Gateway waits 29 s, a person does not. */
export class ApiFunction<Environment extends Pick<Settings, ChainSettings>> extends PortalFunction {
  constructor(scope: Construct, id: string, ground: Ground, props: ApiFunctionProps<Environment>) {
    const { stage, keys, secrets, api } = ground;
    super(scope, id, {
      bundle: props.bundle,
      keys,
      environment: { ...props.environment, PORTAL_URL: stage.portalUrl, ORIGIN_SECRET: secrets.origin },
      timeoutSeconds: props.timeoutSeconds ?? 10,
      // CPU comes with memory; below this a cold start is felt.
      memoryMegabytes: 1024,
    });
    api.route(this, props.routes);
  }
}
