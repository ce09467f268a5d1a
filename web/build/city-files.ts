import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { basename, join, parse } from 'node:path';
import type { Plugin } from 'esbuild';
import { languages } from '../../lambdas/domain/language.ts';
import type { Assets } from '../page.ts';
import { CityError } from './city.ts';

/** `city/theme.css` and `city/edge.svg` in a style file are those of the city that is built. */
export const cityStyle = (city: string): Plugin => ({
  name: 'city-style',
  setup: build =>
    build.onResolve({ filter: /^city\// }, ({ path }) => ({ path: join(city, basename(path)) })),
});

/** The city's mark, one for all languages or, where a mark holds words, `logo-sv.svg` and `logo-en.svg` beside it. */
const logos = (city: string): string[] => {
  const found = globSync(`logo{,-${languages.join(',-')}}.svg`, { cwd: city });
  if (!existsSync(join(city, 'logo.svg'))) throw new CityError(`${city} has no logo.svg`);
  return found.sort();
};

/** Copies the city's marks into the assets, each under a name that tells its content. Throws `CityError`. */
export const copyLogos = async (city: string, folder: string): Promise<Assets> => {
  await mkdir(folder, { recursive: true });
  const copied = logos(city).map(async (file): Promise<[string, string]> => {
    const hash = createHash('sha256')
      .update(readFileSync(join(city, file)))
      .digest('hex');
    const name = `${parse(file).name}-${hash.slice(0, 8)}.svg`;
    await copyFile(join(city, file), join(folder, name));
    return [file, `/assets/${name}`];
  });
  return Object.fromEntries(await Promise.all(copied));
};
