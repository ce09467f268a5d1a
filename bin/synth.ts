/** Writes the templates of a stage to `cdk.out/`, checked by cdk-nag: `npm run synth [-- -c stage=prod]`. Needs no credentials and no network. */
import { spawnSync } from 'node:child_process';

const { status } = spawnSync('cdk', ['synth', '--quiet', ...process.argv.slice(2)], {
  stdio: 'inherit',
  // Without it the command line looks for the credentials of the machine it runs on.
  env: { ...process.env, AWS_EC2_METADATA_DISABLED: 'true' },
});
process.exitCode = status ?? 1;
