/** Brings `cdk.out` up to date: builds the site and the bundles and synthesises, unless nothing of it has changed. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from './start-error.ts';

export interface SynthesisOptions {
  /** Where the template goes. */
  readonly out: string;
  /** What the stage's context says otherwise on this machine: origins with this portal's ports. */
  readonly context: Readonly<Record<string, string>>;
  readonly progress: (line: string) => void;
}

/** Everything the template and the assets are made of. What only the local run itself reads is not among it. */
const sources = [
  'bin/portal.ts',
  'lib/**/*',
  'lambdas/**/*',
  'web/**/*',
  'cdk.json',
  'package-lock.json',
  'tsconfig.json',
  ...(process.env.PORTAL_CITY ? [`${process.env.PORTAL_CITY}/**/*`] : []),
];

const fingerprint = (context: SynthesisOptions['context']): string => {
  const hash = createHash('sha256').update(JSON.stringify(context));
  const paths = sources
    .flatMap(pattern => globSync(pattern, { withFileTypes: true }))
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .filter(path => !path.includes('lib/local/'))
    .sort();
  for (const path of paths) hash.update(path).update(readFileSync(path));
  return hash.digest('hex');
};

const cdkContext = (own: SynthesisOptions['context']): string => {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> };
  return JSON.stringify({ ...context, ...own, stage: 'local', 'aws:cdk:enable-path-metadata': true });
};

/** Runs the CDK app as the CDK's command line would; its words are shown only when it fails. */
const runApp = (options: SynthesisOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    const app = spawn(process.execPath, ['bin/portal.ts'], {
      env: {
        ...process.env,
        CDK_OUTDIR: options.out,
        CDK_CONTEXT_JSON: cdkContext(options.context),
        PORTAL_STAGE: 'local',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let words = '';
    for (const stream of [app.stdout, app.stderr])
      stream.on('data', chunk => {
        words += chunk;
      });
    const stop = (): unknown => app.kill('SIGKILL');
    process.once('exit', stop);
    app.once('error', reject);
    app.once('exit', code => {
      process.off('exit', stop);
      if (code === 0) resolve();
      else reject(new StartError(`The stack could not be synthesised:\n${words.trim()}`));
    });
  });

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Two portals that start together must not build into `dist/` together; a lock left by the dead is taken over. */
const withLock = async (work: () => Promise<void>): Promise<void> => {
  const project = createHash('sha256').update(process.cwd()).digest('hex').slice(0, 12);
  const lock = join(tmpdir(), `portal-building-${project}`);
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch {
      const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
      if (owner > 0 && !isAlive(owner)) rmSync(lock, { force: true });
      else await sleep(200);
    }
  }
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
};

/** Answers what tells this synthesis from others. Rejects with what the CDK app said; a failed synthesis leaves nothing that would count as done. */
export const synthesise = async (options: SynthesisOptions): Promise<string> => {
  const stamp = join(options.out, 'synthesised');
  const wanted = fingerprint(options.context);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return wanted;
  options.progress('Building the site and the functions, synthesising the stack …');
  await withLock(async () => {
    rmSync(options.out, { recursive: true, force: true });
    await runApp(options);
    writeFileSync(stamp, wanted);
  });
  return wanted;
};
