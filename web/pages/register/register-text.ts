import type { ConsentText } from '../../content/consent/wording.ts';
import type fi from './fi.json';

/** The page's own words and those of the consent. */
export type RegisterText = keyof typeof fi | ConsentText;
