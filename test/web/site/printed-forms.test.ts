/** Nobody is told to print what is nowhere to be found. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';

const services = join(import.meta.dirname, '..', '..', '..', 'web', 'content', 'services');

interface Told {
  readonly information?: string;
  readonly links: readonly unknown[];
}

it('where a service says to print something, it leads to it', () => {
  const files = globSync('*/{fi,sv,en}.json', { cwd: services });
  assert.ok(files.length > 0);
  for (const file of files) {
    const text = JSON.parse(readFileSync(join(services, file), 'utf8')) as Told & {
      channels: readonly Told[];
    };
    for (const { information = '', links } of [text, ...text.channels])
      assert.ok(
        !/tulosta|skriv ut|\bprint\b/i.test(information) || links.length > 0,
        `${file}: ${information}`,
      );
  }
});
