/** `npm run catalogue:import -- FILE-OR-URL`: takes the city's service register into the running portal's catalogue. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { PublishSummary } from '../lambdas/catalogue/publish.ts';
import { ControlError, connect } from '../lib/local/control.ts';

const help = `npm run catalogue:import -- FILE-OR-URL [--replace] [--json]

  FILE-OR-URL  the register, a JSON list of services
  --replace    take it even when over a fifth of the services in use are gone from it
  --json       print the summary as JSON: {taken, skipped:[{position, id?, reason}], unplaced:[id], own, forms, pages, version}
  --help       this text

Ends with 0 when the register is in use, 1 when it cannot be used (the one in use stays), 2 when the call is wrong.`;

class Usage extends Error {}

const readOptions = () => {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        replace: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (!values.help && positionals.length !== 1) throw new Error('name one file or URL; --help says more');
    return { ...values, from: positionals[0] ?? '' };
  } catch (error) {
    throw new Usage((error as Error).message);
  }
};

const download = async (url: string): Promise<string> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(60_000) }).catch((error: Error) => {
    throw new ControlError(
      `${url} cannot be fetched: ${(error.cause as Error | undefined)?.message ?? error.message}`,
    );
  });
  if (!response.ok) throw new ControlError(`${url} answers ${response.status}`);
  return response.text();
};

const readRegister = (from: string): Promise<string> =>
  /^https?:\/\//.test(from)
    ? download(from)
    : readFile(from, 'utf8').catch(error => {
        throw new Usage(`${from} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
      });

const print = ({ taken, skipped, unplaced, own, pages }: PublishSummary): void => {
  console.log(`Taken: ${taken} services of the register; ${own} of our own beside them; ${pages} pages.`);
  console.log(`Skipped: ${skipped.length}`);
  for (const { position, id, reason } of skipped)
    console.log(`  ${position}${id ? ` (${id})` : ''}: ${reason}`);
  console.log(`Without a topic: ${unplaced.length}`);
  for (const id of unplaced) console.log(`  ${id}`);
};

const run = async (): Promise<number> => {
  const { from, json, replace, help: wantsHelp } = readOptions();
  if (wantsHelp) {
    console.log(help);
    return 0;
  }
  const portal = await connect();
  const summary = (await portal.importRegister(await readRegister(from), replace)) as PublishSummary;
  if (json) console.log(JSON.stringify(summary));
  else print(summary);
  return 0;
};

try {
  process.exitCode = await run();
} catch (error) {
  const { message } = error as Error;
  console.error(error instanceof ControlError ? `The register was not taken: ${message}` : message);
  process.exitCode = error instanceof ControlError ? 1 : 2;
}
