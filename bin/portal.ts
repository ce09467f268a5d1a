/** The CDK app: builds the site and the bundles of the stage that was asked for, then describes its stacks. */
import { createApp } from '../lib/app.ts';
import { parseStage, readContext, type Stage, StageError } from '../lib/stage.ts';
import { CityError } from '../web/build/city.ts';

/** The command line's `-c stage=…` comes to the app in this variable. */
const askedContext = (): Record<string, unknown> => JSON.parse(process.env.CDK_CONTEXT_JSON ?? '{}');

const build = async ({ name, portalUrl }: Stage): Promise<void> => {
  process.env.PORTAL_STAGE = name;
  process.env.PORTAL_ADDRESS = portalUrl;
  const { buildSite } = await import('../web/build/build.ts');
  const { bundleLambdas } = await import('../lib/bundle.ts');
  await buildSite();
  await bundleLambdas();
};

try {
  const stage = parseStage({ ...readContext(), ...askedContext() });
  if (process.env.PORTAL_PREBUILT !== '1') await build(stage);
  createApp().synth();
} catch (error) {
  if (!(error instanceof StageError || error instanceof CityError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
