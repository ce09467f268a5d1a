/**
 * How long a handler takes to start, against an empty one on the same machine in the same minute: a process
 * that loads the bundle and ends. Milliseconds differ from machine to machine, the ratio hardly.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Settings } from '../../lambdas/configuration.ts';

export interface Init {
  /** Median over all pairs of the handler's time over the empty one's. */
  readonly ratio: number;
  /** Of the bundle, unpacked; 1000 bytes each. */
  readonly kilobytes: number;
}

const defaultPairs = 15;
const lambdas = join(import.meta.dirname, '../../dist/lambdas');

/** A handler refuses to load without its variables; what they say makes no difference to the time. */
const settings: Readonly<Record<keyof Settings, string>> = {
  PROFILES_TABLE: 'profiles',
  CASES_TABLE: 'cases',
  DRAFTS_TABLE: 'drafts',
  SESSIONS_TABLE: 'sessions',
  DIGESTS_TABLE: 'digests',
  CATALOGUE_TABLE: 'catalogue',
  DELIVERIES_TABLE: 'deliveries',
  ATTACHMENTS_TABLE: 'attachments',
  ACCESS_LOG_TABLE: 'accesslog',
  SEALING_KEY: 'sealing',
  MANDATES_URL: 'https://mandates.example',
  MANDATES_CLIENT_ID: 'asiointi',
  MANDATES_SECRET: 'secret',
  MANDATES_API_KEY: 'key',
  IDENTITY_KEY: 'identity',
  RECEIPT_KEY: 'receipts',
  UPLOADS_BUCKET: 'uploads',
  CONTENT_BUCKET: 'content',
  SITE_BUCKET: 'site',
  SITE_POINTERS: 'pointers',
  PORTAL_URL: 'https://portal.example',
  ORIGIN_SECRET: 'secret',
  IDENTITY_ISSUER: 'https://issuer.example',
  IDENTITY_CLIENT_ID: 'client',
  IDENTITY_CLIENT_SECRET: 'secret',
  IDENTITY_AUTHENTICATION: 'client_secret_basic',
  IDENTITY_LEVELS: 'substantial',
  IDENTITY_VOCABULARY: 'keycloak',
  LASTING_SUBJECTS: 'yes',
  GDPR_AUDIENCE: 'asiointi-gdpr',
  DEPARTMENT_ISSUER: 'https://issuer.example',
  DEPARTMENT_CLIENTS: '{}',
  DEPARTMENT_JWKS: 'https://issuer.example/jwks',
  DIGEST_QUEUE_URL: 'https://queue.example',
  EMAIL_FROM: 'portal@example.fi',
  SMS_SENDER_ID: 'Portal',
  CITY: JSON.stringify({
    name: { fi: 'Kaupunki', sv: 'Staden', en: 'City' },
    helpline: { name: { fi: 'Neuvonta', sv: 'Rådgivning', en: 'Helpline' }, phone: '09 000' },
  }),
  CASE_PREFIX: 'HEL',
};

const environment = {
  ...settings,
  PATH: process.env.PATH ?? '',
  AWS_REGION: 'eu-north-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
};

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;

/** Milliseconds from the start of a process to its end. Throws when the module does not load. */
const startMs = (runner: string, module: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const begin = performance.now();
    const child = spawn(process.execPath, [runner, pathToFileURL(module).href], {
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaint = '';
    child.stderr.on('data', chunk => {
      complaint += chunk;
    });
    child.once('exit', status => {
      if (status === 0) resolve(performance.now() - begin);
      else reject(new Error(`${module} does not load: ${/^\w*Error.*/m.exec(complaint)?.[0] ?? status}`));
    });
  });

/** One after the other in turns, so that whatever else the machine does meets both alike. */
const ratioOf = async (runner: string, empty: string, module: string, pairs: number): Promise<number> => {
  const ratios: number[] = [];
  await startMs(runner, module);
  for (let pair = 0; pair < pairs; pair++)
    ratios.push(1 / ((await startMs(runner, empty)) / (await startMs(runner, module))));
  return median(ratios);
};

/**
 * Start of each function, by the name of its bundle (`identity-session`), which must have been built.
 * @param pairs starts of the handler, each beside one of an empty handler; at least 15 for a figure to keep
 */
export const measureInit = async (
  names: readonly string[],
  pairs: number = defaultPairs,
): Promise<Record<string, Init>> => {
  const folder = mkdtempSync(join(tmpdir(), 'init-'));
  const [runner, empty] = [join(folder, 'runner.mjs'), join(folder, 'empty.mjs')];
  writeFileSync(runner, 'await import(process.argv[2]);\nprocess.exit(0);\n');
  writeFileSync(empty, 'export const handler = async () => ({});\n');
  try {
    const measured: Record<string, Init> = {};
    for (const name of names) {
      const module = join(lambdas, name, 'index.mjs');
      const ratio = await ratioOf(runner, empty, module, pairs);
      measured[name] = {
        ratio: Math.round(ratio * 100) / 100,
        kilobytes: Math.round(statSync(module).size / 1000),
      };
    }
    return measured;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
