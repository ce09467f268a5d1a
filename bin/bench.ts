/** The benchmark: counts and ratios of one run. Every part stands beside what it is measured against. */
import { existsSync, readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as capacity from '../test/bench/capacity.ts';
import * as faults from '../test/bench/faults.ts';
import * as folder from '../test/bench/folder.ts';
import { measureForms } from '../test/bench/forms.ts';
import { measureInit } from '../test/bench/init.ts';
import * as weights from '../test/bench/pages.ts';
import { measureSearch } from '../test/bench/search.ts';
import { command } from '../test/portal/command.ts';
import { startPortal } from '../test/portal/portal.ts';

const help = `npm run bench [-- --json] [-- --only init,search,forms,folder,capacity,pages,faults] [-- --pairs 15]
  [-- --rounds 5]

  init      start of each function over the start of an empty one (ratio, kB)
  search    queries as people speak that find their service in the first three, and what one costs
  forms     judging a form of 300 questions over the interpreter's own run on its schema, and over a whole library's
  folder    units, requests and time of a folder of 5,000 cases beside one of 25
  capacity  DynamoDB units and requests a journey costs
  pages     kilobytes of a first view, Lighthouse's scores, and how soon it shows itself on a slow phone beside plain HTML
  faults    sending at whose every call something breaks: what was lost or doubled
  --json    one JSON object on standard output, nothing else`;

const parts = ['init', 'search', 'forms', 'folder', 'capacity', 'pages', 'faults'] as const;

/** The city's register, beside the project where it is: without it there is nothing to search, and the list is short. */
const register = '../shared/data/catalogue/errandservices-2025-09-27.json';
type Part = (typeof parts)[number];

const progress = (line: string): void => console.error(line);

const bundles = (): string[] => readdirSync('dist/lambdas').sort();

const measure = async (wanted: readonly Part[], pairs: number, rounds: number) => {
  const results: Record<string, unknown> = {};
  if (wanted.includes('init')) {
    const { buildSite } = await import('../web/build/build.ts');
    const { bundleLambdas } = await import('../lib/bundle.ts');
    await buildSite();
    await bundleLambdas();
    progress(`Starting each of ${bundles().length} functions ${pairs} times beside an empty one …`);
    results.init = await measureInit(bundles(), pairs);
  }
  if (wanted.includes('search') && existsSync(register)) results.search = await measureSearch();
  if (wanted.includes('forms')) results.forms = measureForms();
  if (wanted.includes('folder')) results.folder = await folder.measureFolder();
  if (wanted.includes('faults')) {
    progress('Breaking a sending at every call it makes …');
    results.faults = await faults.measureFaults();
  }
  if (!wanted.includes('capacity') && !wanted.includes('pages')) return results;
  progress('Starting a portal of its own …');
  const portal = await startPortal({ environment: { PORTAL_METER: '1' } });
  try {
    if (wanted.includes('capacity')) results.capacity = await capacity.measureCapacity(portal);
    if (wanted.includes('pages')) {
      if (existsSync(register)) await command(portal.place, 'catalogue-import', register);
      results.pages = await weights.measurePages(portal.place, rounds, progress);
    }
  } finally {
    await portal.stop();
  }
  return results;
};

/** A table has no room for a table: what is one is shown as its values, `100/100/100/100`. */
const flat = (rows: unknown): unknown =>
  JSON.parse(JSON.stringify(rows), (_, value) =>
    value?.performance === undefined ? value : Object.values(value).join('/'),
  );

const print = (results: Record<string, unknown>): void => {
  for (const [part, rows] of Object.entries(results)) {
    console.log(`\n${part}`);
    console.table(flat(rows));
  }
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean' },
      only: { type: 'string', default: parts.join(',') },
      pairs: { type: 'string', default: '15' },
      rounds: { type: 'string', default: '5' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const wanted = parts.filter(part => values.only.split(',').includes(part));
  const results = await measure(wanted, Number(values.pairs), Number(values.rounds));
  if (values.json) console.log(JSON.stringify(results));
  else print(results);
  const over = [
    ...capacity.overBudget((results.capacity ?? {}) as Parameters<typeof capacity.overBudget>[0]),
    ...weights.overBudget((results.pages ?? {}) as Parameters<typeof weights.overBudget>[0]),
    ...folder.overBudget(results.folder as Parameters<typeof folder.overBudget>[0]),
    ...faults.overBudget(results.faults as Parameters<typeof faults.overBudget>[0]),
  ];
  for (const line of over) progress(`over budget: ${line}`);
  return over.length === 0 ? 0 : 1;
};

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 2;
});
