/** `npm run verify -- FILE`: whether a receipt is the portal's and what it says still holds. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { PublishedKey } from '../lambdas/domain/jose.ts';
import {
  checkReceipt,
  contentOf,
  documentOf,
  type FoundReceipt,
  findReceipt,
  findReceiptInZip,
  holds,
  type Verdict,
} from '../lambdas/receipts/check.ts';
import { dataFolder } from '../lib/local/control.ts';
import { currentRun } from '../lib/local/run-file.ts';
import { readContext } from '../lib/stage.ts';

const help = `npm run verify -- FILE [--json] [--keys FILE-OR-URL] [--portal URL] [--content FILE]

  FILE       a receipt: the printable page (.html), the file for machines (.json), or the bare signature (.jws);
             or a case's whole bundle (.zip), of which every file is checked
  --keys     published keys to check with (a JWKS); by default those of the portal that signed,
             or the copy kept of them where it cannot be reached
  --portal   a portal to trust besides the stages of cdk.json and the local one
  --content  what was sent, where the receipt does not hold it: as the department's API answered it, in JSON
  --json     for machines

Ends with 0 when signature, content and number hold, 1 when one does not, 2 when it could not be checked.`;

/** It could not be checked; says why in one line. */
class Unusable extends Error {}

const readBytes = (file: string): Buffer => {
  try {
    return readFileSync(file);
  } catch {
    throw new Unusable(`${file} cannot be read`);
  }
};
const read = (file: string): string => readBytes(file).toString('utf8');

/** Every zip begins so. */
const isZip = (bytes: Buffer): boolean => bytes.subarray(0, 2).toString('latin1') === 'PK';

const findIn = (file: string): FoundReceipt | undefined => {
  const bytes = readBytes(file);
  return isZip(bytes) ? findReceiptInZip(bytes) : findReceipt(bytes.toString('utf8'));
};

const keySetOf = (text: string, from: string): readonly PublishedKey[] => {
  try {
    const { keys } = JSON.parse(text) as { keys?: readonly PublishedKey[] };
    if (Array.isArray(keys)) return keys;
  } catch {}
  throw new Unusable(`${from} holds no published keys`);
};

const download = async (url: string): Promise<string | undefined> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  return response?.ok ? response.text() : undefined;
};

/** Anybody can publish keys: only those of a portal we know count, or knew when its keys were kept. */
const trustedPortals = (given: string | undefined): readonly string[] => {
  const stages = Object.values((readContext().stages ?? {}) as Record<string, { portalUrl?: string }>);
  const run = currentRun(dataFolder());
  const port = process.env.PORT ?? run?.port;
  return [
    ...(given === undefined ? [] : [given.replace(/\/$/, '')]),
    ...stages.flatMap(({ portalUrl }) => portalUrl ?? []),
    ...(port === undefined ? [] : [`http://localhost:${port}`]),
  ];
};

interface Keys {
  readonly keys: readonly PublishedKey[];
  /** Where they came from. */
  readonly source: 'given' | 'published' | 'kept';
}

const keptFile = (issuer: string): string =>
  join(dataFolder(), 'receipt-keys', `${encodeURIComponent(issuer)}.json`);

const keep = (issuer: string, text: string): void => {
  try {
    mkdirSync(join(dataFolder(), 'receipt-keys'), { recursive: true });
    writeFileSync(keptFile(issuer), text);
  } catch {
    // A folder one may not write to is no reason not to check.
  }
};

const givenKeys = async (from: string): Promise<Keys> => {
  const text = /^https?:/.test(from) ? await download(from) : read(from);
  if (text === undefined) throw new Unusable(`${from} does not answer`);
  return { keys: keySetOf(text, from), source: 'given' };
};

const portalKeys = async (issuer: string): Promise<Keys> => {
  const url = `${issuer}/.well-known/jwks.json`;
  const text = await download(url);
  if (text !== undefined) {
    keep(issuer, text);
    return { keys: keySetOf(text, url), source: 'published' };
  }
  try {
    return { keys: keySetOf(readFileSync(keptFile(issuer), 'utf8'), keptFile(issuer)), source: 'kept' };
  } catch {
    throw new Unusable(`${url} does not answer, and no copy of its keys is here: name one by --keys`);
  }
};

const word = (name: string, verdict: boolean | undefined): string =>
  verdict === undefined ? `${name} not in the file` : `${name} ${verdict ? 'holds' : 'DOES NOT HOLD'}`;

const line = ({ statement, page, beside }: FoundReceipt, verdict: Verdict, { source }: Keys): string => {
  const parts = [
    word('signature', verdict.signature),
    word('content', verdict.content),
    ...(page === undefined ? [] : [word('page', verdict.page)]),
    ...(beside === undefined ? [] : [word('every file', verdict.files)]),
    word('number', verdict.number),
  ];
  const keys = source === 'kept' ? ', checked with kept keys' : '';
  return `${statement.caseNumber}, sent ${statement.submittedAt} to ${statement.iss}: ${parts.join(', ')}${keys}.`;
};

const options = {
  keys: { type: 'string' },
  portal: { type: 'string' },
  content: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

const main = async (): Promise<number> => {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0)
    throw new Unusable('name one file (see npm run verify -- --help)');
  const receipt = findIn(file);
  if (!receipt) throw new Unusable(`${file} holds no receipt`);
  const found = values.content
    ? {
        ...receipt,
        content: contentOf(documentOf(JSON.parse(read(values.content)), receipt.statement.formVersion)),
      }
    : receipt;
  const { iss } = found.statement;
  if (!values.keys && !existsSync(keptFile(iss)) && !trustedPortals(values.portal).includes(iss))
    throw new Unusable(`the receipt names ${iss}, which is no portal known here: trust it by --portal`);
  const keys = values.keys ? await givenKeys(values.keys) : await portalKeys(iss);
  const verdict = checkReceipt(found, keys.keys);
  const { caseNumber, submittedAt, contentSha256, stored } = found.statement;
  const facts = { caseNumber, submittedAt, issuer: iss, contentSha256, stored, kid: found.kid };
  if (values.json)
    console.log(
      JSON.stringify({
        ...facts,
        valid: holds(verdict),
        signature: verdict.signature,
        content: verdict.content ?? null,
        page: verdict.page ?? null,
        files: verdict.files ?? null,
        number: verdict.number,
        keys: keys.source,
      }),
    );
  else console.log(line(found, verdict, keys));
  return holds(verdict) ? 0 : 1;
};

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  return 2;
});
