/** `npm run catalogue:import -- FILE-OR-URL`: takes the city's service register into the running portal's catalogue. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { PublishSummary } from '../lambdas/catalogue/report.ts';
import { ControlError, connect } from '../lib/local/control.ts';

const help = `npm run catalogue:import -- FILE-OR-URL [--replace] [--json]

  FILE-OR-URL  the register, a JSON list of services
  --replace    take it even when over a fifth of the services in use, or of those in one language, are gone from it
  --json       print the summary as JSON: {taken, skipped:[{position, id?, reason}], added:[id], gone:[id], unplaced:[id],
               missing:{fi:[id], sv:[id], en:[id]}, unknownDepartments:[{id, services:[id]}], withoutDepartment:[id],
               own, forms, pages, version, removed}
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

/** Columns as wide as what is in them; numbers to the right. */
const table = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map(row => (row[column] ?? '').length))) ?? [];
  const cell = (text: string, column: number): string =>
    /^\d+$/.test(text) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
  return rows.map(row => `  ${row.map(cell).join('  ')}`.trimEnd()).join('\n');
};

const languageNames = { fi: 'Finnish', sv: 'Swedish', en: 'English' } as const;

const counted = (summary: PublishSummary): string[][] => {
  const { taken, skipped, added, gone, unplaced, missing, unknownDepartments, withoutDepartment } = summary;
  const unknown = new Set(unknownDepartments.flatMap(({ services }) => services)).size;
  return [
    ['Records in the register', String(taken + skipped.length), ''],
    ['Taken', String(taken), added.length > 0 ? `${added.length} new` : ''],
    ['Skipped', String(skipped.length), ''],
    ['Gone since the last one', String(gone.length), ''],
    ...Object.entries(languageNames).map(([language, name]) => {
      const without = missing[language as keyof typeof languageNames].length;
      return [
        `Texts in ${name}`,
        String(taken - without),
        without > 0 ? `${without} in another language only` : '',
      ];
    }),
    [
      'With a topic',
      String(taken - unplaced.length),
      unplaced.length > 0 ? `${unplaced.length} unplaced` : '',
    ],
    [
      'With a department we can name',
      String(taken - withoutDepartment.length - unknown),
      withoutDepartment.length > 0 ? `${withoutDepartment.length} without a department` : '',
    ],
    ['Departments without a name', String(unknownDepartments.length), ''],
    ['Our own services', String(summary.own), ''],
    ['Forms nobody has described', String(summary.forms), ''],
    ['Pages', String(summary.pages), `version ${summary.version}`],
  ];
};

/** What an editor has to look at, each kind under its title; nothing where there is nothing. */
const details = ({
  skipped,
  gone,
  unplaced,
  unknownDepartments,
  withoutDepartment,
}: PublishSummary): string[] => {
  const section = (title: string, rows: readonly string[][]): string[] =>
    rows.length === 0 ? [] : [`\n${title}`, table(rows)];
  const rows = (ids: readonly string[]): string[][] =>
    Array.from({ length: Math.ceil(ids.length / 8) }, (_, row) => ids.slice(8 * row, 8 * row + 8));
  return [
    ...section(
      'Skipped (position in the register, service, reason)',
      skipped.map(({ position, id = '', reason }) => [String(position), id, reason]),
    ),
    ...section('Gone', rows(gone)),
    ...section('Unplaced: give them a topic in web/content/catalogue/service-topics.json', rows(unplaced)),
    ...section(
      'Departments without a name: give them one in web/content/catalogue/departments.json',
      unknownDepartments.map(({ id, services }) => [id, services.join(' ')]),
    ),
    ...section(
      'Without a department: web/content/catalogue/service-departments.json',
      rows(withoutDepartment),
    ),
  ];
};

const print = (summary: PublishSummary): void => {
  console.log('The register is in use.\n');
  console.log(table(counted(summary)));
  for (const line of details(summary)) console.log(line);
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
