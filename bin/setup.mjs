/**
 * Brings what a command needs before it runs: packages, Node 24, a Java runtime, a browser. Runs on any Node from 20
 * on with nothing installed, so it imports nothing but Node's own modules. Fetches from npm and Debian only.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const help = `node bin/setup.mjs [--no-java] [--browser] [--firefox]

  --no-java  the command needs no Java runtime
  --browser  the command needs Chromium
  --firefox  the command does more where there is a Firefox; it must be there where CI is set
  --help     this text`;

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const inRoot = (...path) => join(root, ...path);
const stamp = inRoot('node_modules', '.setup');

/** Ends with the one line that says what is missing. */
const stop = line => {
  console.error(line);
  process.exit(2);
};

const run = (command, args, options = {}) =>
  spawnSync(command, args, { cwd: root, encoding: 'utf8', ...options });

/** What a command said of its failure, without its own help and the address of its log. */
const complaint = ({ error, stdout = '', stderr = '' }) =>
  error?.message ??
  `${stdout}${stderr}`
    .split('\n')
    .filter(line => /^(npm error|E:|Err:)/.test(line) && line.length > 10)
    .slice(0, 6)
    .join('\n');

const onPath = name =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map(folder => join(folder, name))
    .find(isExecutable);

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(inRoot('package-lock.json')))
    .digest('hex');

/** npm notes what it has installed in a lock of its own: the same versions mean that nothing is to be done. */
const isInstalled = () => {
  const installed = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const packagesOf = file => JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  const present = packagesOf(installed);
  return Object.entries(packagesOf(inRoot('package-lock.json'))).every(
    ([path, { version, optional }]) => path === '' || optional === true || present[path]?.version === version,
  );
};

const npm = (...args) => {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js') ? run(process.execPath, [script, ...args]) : run('npm', args);
};

const installPackages = () => {
  console.log('Installing packages (npm ci) …');
  const result = npm('ci', '--no-audit', '--no-fund');
  if (result.status !== 0) stop(`The packages could not be installed:\n${complaint(result)}`);
};

const isNode24 = () =>
  run(inRoot('node_modules', '.bin', 'node'), ['--version']).stdout?.startsWith('v24.') === true;

/** The package's install script brings the binary; where scripts were off, it is run now. */
const installNode = () => {
  if (isNode24()) return;
  npm('rebuild', 'node', 'esbuild');
  if (!isNode24())
    stop('Node 24 is missing: npm has not installed the package "node" (see node_modules/node).');
};

const preparePackages = () => {
  const wanted = lockHash();
  if (
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === wanted &&
    existsSync(inRoot('node_modules/.bin/node'))
  )
    return;
  if (!isInstalled()) installPackages();
  installNode();
  writeFileSync(stamp, wanted);
};

const canInstall = () => process.getuid?.() === 0 && onPath('apt-get') !== undefined;

const aptGet = (...args) =>
  run('apt-get', args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });

/** Installs a Debian package where that is allowed; whoever calls looks whether it helped. */
const installDebian = name => {
  if (!canInstall()) return;
  console.log(`Installing ${name} …`);
  aptGet('update', '-q');
  const result = aptGet('install', '-y', '-q', '--no-install-recommends', name);
  if (result.status !== 0) console.error(complaint(result));
};

/** DynamoDB Local needs Java 17. The runtime is asked for its version when it is first seen, or has changed. */
const javaProblem = () => {
  const java = process.env.JAVA || onPath('java');
  if (!java) return 'Java is missing';
  const seen = inRoot('node_modules', '.setup-java');
  if (existsSync(seen) && readFileSync(seen, 'utf8') === java) return undefined;
  const { stdout = '', stderr = '' } = run(java, ['-version']);
  const version = Number(/version "(\d+)/.exec(stdout + stderr)?.[1] ?? 0);
  if (version < 17) return `Java ${version} is too old: 17 is needed`;
  writeFileSync(seen, java);
  return undefined;
};

const prepareJava = () => {
  if (!javaProblem()) return;
  installDebian('default-jre-headless');
  const problem = javaProblem();
  if (problem)
    stop(
      `${problem}: install a headless Java runtime, on Debian with "apt-get install default-jre-headless".`,
    );
};

const browsers = () => [
  ...(process.env.CHROMIUM ? [process.env.CHROMIUM] : []),
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

const prepareBrowser = () => {
  if (browsers().some(isExecutable)) return;
  installDebian('chromium');
  if (!browsers().some(isExecutable))
    stop(
      'Chromium is missing: install it, on Debian with "apt-get install chromium", or set CHROMIUM to its path.',
    );
};

const firefoxes = () => [
  ...(process.env.FIREFOX ? [process.env.FIREFOX] : []),
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
];

/** Nobody must have it: the tests in it are skipped then, and say so. */
const prepareFirefox = () => {
  if (firefoxes().some(isExecutable)) return;
  installDebian('firefox-esr');
  if (firefoxes().some(isExecutable)) return;
  const line =
    'Firefox is missing: install it, on Debian with "apt-get install firefox-esr", or set FIREFOX to its path.';
  if (process.env.CI) stop(line);
  console.log(`${line} The tests in it are skipped.`);
};

const flags = process.argv.slice(2);
const unknown = flags.find(flag => !['--no-java', '--browser', '--firefox', '--help'].includes(flag));
if (unknown) stop(`setup does not know ${unknown}; --help says what it knows.`);
if (flags.includes('--help')) {
  console.log(help);
} else {
  if (Number(process.versions.node.split('.')[0]) < 20)
    stop(`Node ${process.version} is too old: 20 or newer is needed.`);
  preparePackages();
  if (!flags.includes('--no-java')) prepareJava();
  if (flags.includes('--browser')) prepareBrowser();
  if (flags.includes('--firefox')) prepareFirefox();
}
