/** The hand-made template every kind of resource of the stack has an example in. */
import { region, surroundings } from '../../lib/local/names.ts';
import { createResolver } from '../../lib/local/resolve.ts';
import { readStack } from '../../lib/local/stack.ts';
import { readTemplate } from '../../lib/local/template.ts';

export const fixtureFolder = new URL('fixtures/out', import.meta.url).pathname;

export const readFixture = () => {
  const template = readTemplate(fixtureFolder, region);
  const addresses = { portal: 'http://localhost:3000', queues: 'http://127.0.0.1:9324' };
  const resolver = createResolver(
    template,
    surroundings(addresses, id => `value of ${id}`),
  );
  return { template, resolver, stack: readStack(template, resolver) };
};
