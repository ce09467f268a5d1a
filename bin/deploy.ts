/** Deploys a stage, edge stack first: `npm run deploy -- -c stage=prod`. What would change is shown and asked about. */
import { spawnSync } from 'node:child_process';

const asked = process.argv.slice(2);
if (!asked.some(argument => argument.startsWith('stage='))) {
  console.error('say which stage: npm run deploy -- -c stage=dev');
  process.exitCode = 2;
} else {
  const { status } = spawnSync('cdk', ['deploy', '--all', '--require-approval', 'any-change', ...asked], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}
