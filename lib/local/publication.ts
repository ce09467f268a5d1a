/** What a deployment does beside creating resources: fills the buckets, then runs the stack's triggers. */
import { join } from 'node:path';
import { deploy, openDone } from './deployment.ts';
import type { Platform } from './platform.ts';
import type { LocalStack } from './stack.ts';

export interface PublicationOptions {
  readonly stack: LocalStack;
  readonly platform: Platform;
  readonly dataDir: string;
  /** What tells one synthesis from another. */
  readonly version: string;
  readonly now: () => number;
  readonly progress: (line: string) => void;
}

/** A trigger that fails is said and left: what it would have published before is still there. */
const runTrigger = async (name: string, { platform, progress }: PublicationOptions): Promise<boolean> => {
  try {
    await platform.find(name)?.invoke({});
    return true;
  } catch (error) {
    progress(`${name} failed: ${(error as Error).message.split('\n')[0]}`);
    return false;
  }
};

export const publish = async (options: PublicationOptions): Promise<void> => {
  const { stack, platform, dataDir, version, now, progress } = options;
  const done = openDone(join(dataDir, 'published.json'));
  const touched = stack.deployments.map(deployment =>
    deploy(deployment, platform.s3.bucket(deployment.bucket), now()),
  );
  const changed = touched.some(count => count > 0);
  for (const name of stack.triggers) {
    if (!changed && done.has(name, version)) continue;
    progress(`Running ${name} …`);
    if (await runTrigger(name, options)) done.add(name, version);
  }
};
