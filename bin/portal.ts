/** The CDK app: builds the site and the bundles, then describes the stacks of the stage that was asked for. */
import { createApp } from '../lib/app.ts';
import { StageError } from '../lib/stage.ts';

/** The command line's `-c stage=…` comes to the app in this variable. */
const askedStage = (): string | undefined => JSON.parse(process.env.CDK_CONTEXT_JSON ?? '{}').stage;

const build = async (): Promise<void> => {
  const stage = askedStage();
  if (stage) process.env.PORTAL_STAGE = stage;
  const { buildSite } = await import('../web/build/build.ts');
  const { bundleLambdas } = await import('../lib/bundle.ts');
  await buildSite();
  await bundleLambdas();
};

try {
  if (process.env.PORTAL_PREBUILT !== '1') await build();
  createApp().synth();
} catch (error) {
  if (!(error instanceof StageError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
