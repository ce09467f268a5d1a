/** Runs the tests and ends with the one line that counts: `N passed, N failed`, with `, N skipped` where there are any. */
import { globSync } from 'node:fs';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';

const help = `npm test [-- --fast [--also PART]] [-- --only PART]

  --fast       only the tests that need no Java, browser or running portal
  --also PART  with --fast: slow files whose path contains PART as well; may be repeated
  --only PART  only the files whose path contains PART
  --help       this text`;

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

/** Which engines a test file needs is the middle of its name: none, `.slow` (Java, Chromium) or `.portal` (the whole portal). */
const filesOf = (kind: 'fast' | 'slow' | 'portal', part: string): string[] =>
  globSync('test/**/*.test.ts')
    .filter(file => (/\.(slow|portal)\.test\.ts$/.exec(file)?.[1] ?? 'fast') === kind)
    .filter(file => file.includes(part))
    .sort();

/** A suite is not a test of its own, nor is a file: only leaves count. */
const isLeaf = (details: { type?: string | undefined }): boolean => details.type !== 'suite';

const runFiles = async (files: string[], concurrency: number, count: Count): Promise<void> => {
  if (files.length === 0) return;
  const stream = run({ files, concurrency, timeout: 15 * 60_000 });
  stream.on('test:pass', event => {
    if (event.skip !== undefined) count.skipped += 1;
    else if (isLeaf(event.details)) count.passed += 1;
  });
  stream.on('test:fail', event => {
    // A failing suite only repeats its tests' failures, unless it failed by itself (a hook, a syntax error).
    if (isLeaf(event.details) || !/subtests? failed/.test(String(event.details.error?.message)))
      count.failed += 1;
  });
  for await (const chunk of stream.compose(spec)) process.stdout.write(chunk);
};

/** Once, before everything: test files run side by side and must not build over one another. */
const build = async (): Promise<void> => {
  const [{ buildSite }, { bundleLambdas }] = await Promise.all([
    import('../web/build/build.ts'),
    import('../lib/bundle.ts'),
  ]);
  await buildSite();
  await bundleLambdas();
  process.env.PORTAL_PREBUILT = '1';
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      fast: { type: 'boolean' },
      also: { type: 'string', multiple: true, default: [] },
      only: { type: 'string', default: '' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const count: Count = { passed: 0, failed: 0, skipped: 0 };
  await build();
  await runFiles(filesOf('fast', values.only), 2, count);
  for (const part of values.fast ? values.also : []) await runFiles(filesOf('slow', part), 2, count);
  if (!values.fast) {
    await runFiles(filesOf('slow', values.only), 2, count);
    await runPortalTests(filesOf('portal', values.only), count);
  }
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
  console.log(`${count.passed} passed, ${count.failed} failed${skipped}`);
  return count.failed === 0 && count.passed > 0 ? 0 : 1;
};

/** One portal serves all of them, one file after another: some move its clock. */
const runPortalTests = async (files: string[], count: Count): Promise<void> => {
  if (files.length === 0) return;
  const { startPortal } = await import('../test/portal/portal.ts');
  const portal = await startPortal();
  process.env.PORTAL_UNDER_TEST = JSON.stringify(portal.place);
  try {
    await runFiles(files, 1, count);
  } finally {
    await portal.stop();
  }
};

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 2;
});
