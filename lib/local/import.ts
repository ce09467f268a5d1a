/** `npm run catalogue:import`: puts a register where the catalogue's publisher reads it, and has it published. */

import type { Platform } from './platform.ts';
import type { LocalStack } from './stack.ts';

const publisher = 'catalogue-publish';

/** Answers the publisher's summary; rejects with its error. */
export const importRegister = async (
  stack: LocalStack,
  platform: Platform,
  { text, replace }: { readonly text: Buffer; readonly replace: boolean },
  now: number,
): Promise<unknown> => {
  const target = platform.find(publisher);
  const bucket = stack.functions.find(each => each.name === target?.definition.name)?.environment
    .CONTENT_BUCKET;
  if (!target || bucket === undefined) throw new Error(`the stack has no ${publisher}`);
  const source = `imports/${new Date(now).toISOString().replace(/\W/g, '')}.json`;
  const facts = { headers: { 'content-type': 'application/json' }, metadata: {}, checksums: {}, tags: {} };
  platform.s3.bucket(bucket).put(source, text, facts, now);
  return target.invoke({ source, replace });
};
