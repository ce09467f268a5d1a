import { readStage } from '../../lib/stage.ts';
import type { Site } from '../page.ts';
import { cityFolder, readCity } from './city.ts';

/**
 * The city of the folder, at `PORTAL_ADDRESS`, else at the address of the stage `PORTAL_STAGE` (default `local`).
 * Throws `StageError` or `CityError`.
 */
export const readSite = (folder: string = cityFolder()): Site => {
  const { helpline, ...city } = readCity(folder);
  return { city, helpline, portalUrl: process.env.PORTAL_ADDRESS ?? readStage().portalUrl };
};
