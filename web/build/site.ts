import { readStage } from '../../lib/stage.ts';
import type { Site } from '../page.ts';

/** The city and its helpline, as `cdk.json` has them for the stage `PORTAL_STAGE` (default `local`). */
export const readSite = (): Site => {
  const { city, helpline, portalUrl } = readStage();
  return { city, helpline, portalUrl };
};
