/** Builds the site and the Lambda bundles into `dist/`. */
import { bundleLambdas } from '../lib/bundle.ts';
import { buildSite } from '../web/build/build.ts';

await buildSite();
await bundleLambdas();
